package dev.imfexporter.access.smb;

import com.hierynomus.protocol.transport.TransportException;

/** A host that answers the response to its challenge with another challenge. */
final class EndlessChallenge extends TransportException {
  private static final long serialVersionUID = 1L;

  EndlessChallenge() {
    super("The host answered the log-in with a second challenge, and NTLM has one");
  }
}
