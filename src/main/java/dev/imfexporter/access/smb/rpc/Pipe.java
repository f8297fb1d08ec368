package dev.imfexporter.access.smb.rpc;

import java.io.IOException;

/** An open named pipe in message mode. For one thread at a time; each call has a deadline. */
public interface Pipe extends AutoCloseable {

  /** Writes a message and reads the first piece of the answer, in one round trip. */
  byte[] transact(byte[] message) throws IOException;

  void write(byte[] message) throws IOException;

  /** The next piece of the answer; no bytes when the other end has closed. */
  byte[] read() throws IOException;

  @Override
  void close();
}
