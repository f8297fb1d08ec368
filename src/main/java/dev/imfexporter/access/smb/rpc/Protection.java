package dev.imfexporter.access.smb.rpc;

import java.io.IOException;

/**
 * What is done to the messages of one connection: by default, nothing. For one thread at a time.
 */
public interface Protection {
  /** For calls that nothing but the SMB session below signs or encrypts. */
  Protection NONE = new Protection() {};

  /** The bytes of verifier behind each request and response; 0 for none. */
  default int verifierLength() {
    return 0;
  }

  /** The token that a bind carries; no bytes for none. */
  default byte[] bindToken() {
    return new byte[0];
  }

  /** The answer to the token of the bind's acknowledgement; no bytes for no answer. */
  default byte[] answer(byte[] token) throws IOException {
    return new byte[0];
  }

  /**
   * Encrypts and signs a request in place.
   *
   * @param from where the stub begins
   * @param length of the stub and of the padding behind it
   */
  default void seal(byte[] pdu, int from, int length) throws IOException {}

  /** Decrypts a response in place; fails if its signature is wrong. */
  default void unseal(byte[] pdu, int from, int length) throws IOException {}
}
