package dev.imfexporter.access.smb;

import dev.imfexporter.access.smb.rpc.Pipe;
import java.io.IOException;
import java.util.Arrays;
import org.codelibs.jcifs.smb.CIFSException;
import org.codelibs.jcifs.smb.impl.SmbNamedPipe;
import org.codelibs.jcifs.smb.impl.SmbPipeHandleInternal;

/** A pipe over SMB 1. */
record Smb1Pipe(SmbNamedPipe pipe, SmbPipeHandleInternal handle) implements Pipe {
  /** jcifs reads at most this much of a pipe at once, also into larger buffers. */
  private static final int PIECE = 1024;

  private static final int LARGEST_MESSAGE = 64 * 1024;

  @Override
  public byte[] transact(byte[] message) throws IOException {
    requireOpen();
    byte[] answer = new byte[LARGEST_MESSAGE];
    try {
      return cut(answer, handle.sendrecv(message, 0, message.length, answer, PIECE));
    } catch (IOException e) {
      throw Smb1Session.translated(e);
    }
  }

  @Override
  public void write(byte[] message) throws IOException {
    requireOpen();
    try {
      handle.send(message, 0, message.length);
    } catch (IOException e) {
      throw Smb1Session.translated(e);
    }
  }

  @Override
  public byte[] read() throws IOException {
    requireOpen();
    byte[] piece = new byte[LARGEST_MESSAGE];
    try {
      return cut(piece, handle.recv(piece, 0, PIECE));
    } catch (IOException e) {
      throw Smb1Session.translated(e);
    }
  }

  private static byte[] cut(byte[] bytes, int length) {
    return length <= 0 ? new byte[0] : Arrays.copyOf(bytes, length);
  }

  private void requireOpen() throws IOException {
    if (!handle.isOpen()) {
      throw new IOException("The connection of the pipe was lost");
    }
  }

  @Override
  public void close() {
    try {
      handle.close();
      pipe.close();
    } catch (CIFSException lost) {
      // The session is gone.
    }
  }
}
