package dev.imfexporter.access.smb.rpc;

import java.io.IOException;

/** What is done to the messages of a connection. For one thread at a time. */
interface Protection {
  /** How many bytes of verifier a request has; 0 for none. */
  int verifier();

  /** The token that a bind carries; no bytes for none. */
  byte[] hello();

  /** Answers the token of the bind's acknowledgement; no bytes for no answer. */
  byte[] answer(byte[] token) throws IOException;

  /**
   * Protects a request in place.
   *
   * @param from where the stub begins
   * @param length of the stub and of the padding behind it
   */
  void seal(byte[] pdu, int from, int length) throws IOException;

  /** The reverse, for a response; throws when somebody has changed it. */
  void open(byte[] pdu, int from, int length) throws IOException;

  /** The session below protects as it is set up to. */
  Protection NONE =
      new Protection() {
        @Override
        public int verifier() {
          return 0;
        }

        @Override
        public byte[] hello() {
          return new byte[0];
        }

        @Override
        public byte[] answer(byte[] token) {
          return new byte[0];
        }

        @Override
        public void seal(byte[] pdu, int from, int length) {}

        @Override
        public void open(byte[] pdu, int from, int length) {}
      };
}
