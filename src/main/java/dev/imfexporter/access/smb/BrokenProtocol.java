package dev.imfexporter.access.smb;

import com.hierynomus.protocol.transport.TransportException;

/** The host sent something that SMB 2 and 3 do not allow, or that this program does not speak. */
final class BrokenProtocol extends TransportException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what a clause whose subject is the host
   */
  BrokenProtocol(String what) {
    super(what);
  }

  BrokenProtocol(String what, Throwable cause) {
    super(what, cause);
  }

  /**
   * @param why what smbj says of the answer
   */
  static BrokenProtocol unreadable(Exception why) {
    return new BrokenProtocol("it sent an answer that cannot be read: " + Failures.text(why), why);
  }
}
