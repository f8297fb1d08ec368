package dev.imfexporter.access.smb;

import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.share.NamedPipe;
import dev.imfexporter.access.smb.rpc.Pipe;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** A pipe by SMB 2 and 3. */
final class Smb2Pipe implements Pipe {
  /** For pipes that do not answer, so that nobody waits for them. */
  private static final Executor GOOD_BYES =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "smb-good-bye");
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
    IOException meaning = Smb2Session.meaning(failure);
    unanswered |= Failures.isTimeout(meaning);
    return meaning;
  }

  /** smbj waits for the answer to a good-bye, which may never come. */
  @Override
  public void close() {
    if (!connection.isConnected()) {
      return;
    }
    if (unanswered) {
      GOOD_BYES.execute(this::sayGoodBye);
    } else {
      sayGoodBye();
    }
  }

  private void sayGoodBye() {
    try {
      pipe.close();
    } catch (RuntimeException lost) {
      // The host has forgotten it.
    }
  }
}
