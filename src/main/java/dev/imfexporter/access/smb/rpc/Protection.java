package dev.imfexporter.access.smb.rpc;

import java.io.IOException;

/**
 * What is done to the messages of one connection: by default, nothing. For one thread at a time.
 */
public interface Protection {
  /** For calls that nothing but the SMB session below signs or encrypts. */
  Protection NONE = new Protection() {};

  /** The authentication service that verifiers name (MS-RPCE 2.2.1.1.7): NTLM by default. */
  default int service() {
    return 10;
  }

  /** The bytes of verifier behind each request, and most responses; 0 for none. */
  default int verifierLength() {
    return 0;
  }

  /** Whether a response may have a verifier of that length. */
  default boolean fits(int verifier) {
    return verifier == verifierLength();
  }

  /** The token that a bind carries; no bytes for none. */
  default byte[] bindToken() {
    return new byte[0];
  }

  /** The answer to the token of the bind's acknowledgement; no bytes for no answer. */
  default byte[] answer(byte[] token) throws IOException {
    return new byte[0];
  }

  /** Whether the answer goes in an alter_context, which the host answers once more. */
  default boolean altersContext() {
    return false;
  }

  /** Takes the token of the host's last answer; fails if it proves the wrong thing. */
  default void finish(byte[] token) throws IOException {}

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
