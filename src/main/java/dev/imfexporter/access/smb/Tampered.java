package dev.imfexporter.access.smb;

import com.hierynomus.protocol.transport.TransportException;

/** An answer that the host did not sign or encrypt as the session requires. */
final class Tampered extends TransportException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what says what was wrong with the answer
   */
  Tampered(String what) {
    super(what);
  }
}
