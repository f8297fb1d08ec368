package dev.imfexporter.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The disk of this machine until it dies: after so many steps, and in the middle of the next. */
final class FailingDisk implements Disk {
  private final Disk real = Disk.real();
  private int steps = Integer.MAX_VALUE;
  private int taken;
  private boolean readsFail;
  private Runnable next = () -> {};
  private @Nullable Error error;

  /** Lets so many more steps succeed. */
  void dieAfter(int more) {
    steps = more;
  }

  /** Lets no more steps succeed; each ends with that error. */
  void dieOf(Error of) {
    error = of;
  }

  /** Whether every file is there and cannot be read. */
  void failReads(boolean fail) {
    readsFail = fail;
  }

  /** What happens during the next step. */
  void during(Runnable event) {
    next = event;
  }

  void heal() {
    steps = Integer.MAX_VALUE;
    error = null;
  }

  /** How many steps there were so far. */
  int taken() {
    return taken;
  }

  private void step() throws IOException {
    taken++;
    Runnable event = next;
    next = () -> {};
    event.run();
    if (error != null) {
      throw error;
    }
    if (steps-- <= 0) {
      steps = 0;
      throw new IOException("No space left on device");
    }
  }

  @Override
  public Optional<Object> key(Path file) throws IOException {
    return real.key(file);
  }

  @Override
  public InputStream read(Path file) throws IOException {
    if (readsFail) {
      throw new AccessDeniedException(file.toString());
    }
    return real.read(file);
  }

  @Override
  public Output append(Path file) throws IOException {
    step();
    return new FailingOutput(real.append(file));
  }

  @Override
  public Output create(Path file) throws IOException {
    step();
    return new FailingOutput(real.create(file));
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    step();
    real.replace(from, to);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    step();
    real.syncFolder(folder);
  }

  private final class FailingOutput implements Output {
    private final Output output;

    FailingOutput(Output output) {
      this.output = output;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      try {
        step();
      } catch (IOException e) {
        output.write(Arrays.copyOf(bytes, bytes.length / 2));
        throw e;
      }
      output.write(bytes);
    }

    @Override
    public void sync() throws IOException {
      step();
      output.sync();
    }

    @Override
    public long size() throws IOException {
      return output.size();
    }

    @Override
    public void truncate(long size) throws IOException {
      step();
      output.truncate(size);
    }

    @Override
    public void close() throws IOException {
      output.close();
    }
  }
}
