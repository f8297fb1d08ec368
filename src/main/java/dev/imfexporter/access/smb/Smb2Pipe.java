package dev.imfexporter.access.smb;

import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.share.NamedPipe;
import dev.imfexporter.access.smb.rpc.Pipe;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** A pipe over SMB 2 and 3. */
final class Smb2Pipe implements Pipe {
  /** Closes pipes of hosts that did not answer, since the caller must not wait for them again. */
  private static final Executor CLOSE_EXECUTOR =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "smb-close");
            thread.setDaemon(true);
            return thread;
          });

  private final Connection connection;
  private final NamedPipe pipe;
  private volatile boolean unanswered;

  Smb2Pipe(Connection connection, NamedPipe pipe) {
    this.connection = connection;
    this.pipe = pipe;
  }

  @Override
  public byte[] transact(byte[] message) throws IOException {
    try {
      return pipe.transact(message);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public void write(byte[] message) throws IOException {
    try {
      pipe.write(message);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public byte[] read() throws IOException {
    try {
      byte[] buffer = new byte[Smb2Session.BUFFER];
      int length = pipe.read(buffer);
      return length <= 0 ? new byte[0] : Arrays.copyOf(buffer, length);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private IOException failed(RuntimeException failure) {
    IOException translated = Smb2Session.translated(failure);
    unanswered |= Failures.isTimeout(translated);
    return translated;
  }

  /** smbj waits for the answer to its close request, which may never come. */
  @Override
  public void close() {
    if (!connection.isConnected()) {
      return;
    }
    if (unanswered) {
      CLOSE_EXECUTOR.execute(this::closePipe);
    } else {
      closePipe();
    }
  }

  private void closePipe() {
    try {
      pipe.close();
    } catch (RuntimeException lost) {
      // The session is gone, and the pipe with it.
    }
  }
}
