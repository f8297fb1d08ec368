package dev.imfexporter.access.smb.rpc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A pipe whose other end opens a key, and answers the next call with fragments without end. */
public final class EndlessPipe implements Pipe {
  private static final int FRAGMENT = 60_000;

  private final ScriptedPipe opening = new ScriptedPipe();
  private final Progress progress;
  private int call;
  private int sent;

  /** Called before each fragment. */
  @FunctionalInterface
  public interface Progress {
    void sent(int bytes) throws InterruptedException;
  }

  public EndlessPipe(Progress progress) {
    this.progress = progress;
    opening.stubs.add(new byte[24]);
  }

  @Override
  public byte[] transact(byte[] message) throws IOException {
    if (message[2] == Pdu.BIND || !opening.stubs.isEmpty()) {
      return opening.transact(message);
    }
    call = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    return read();
  }

  @Override
  public byte[] read() throws IOException {
    if (call == 0) {
      return opening.read();
    }
    try {
      progress.sent(sent);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    sent += FRAGMENT;
    return Pdu.bytes(Pdu.begin(Pdu.RESPONSE, 0, Pdu.STUB + FRAGMENT, 0, call));
  }

  @Override
  public void write(byte[] message) {
    opening.write(message);
  }

  @Override
  public void close() {
    opening.close();
  }
}
