package dev.imfexporter.bed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of the bed, run to its end or to a deadline. Under Wine a process dies at its birth now
 * and then, one in some hundreds; such a command is given again.
 */
record BedCommand(List<String> words, Duration limit) {
  private static final int BIRTHS = 3;

  /** What CreateProcess says of a process that died at its birth: ERROR_INTERNAL_ERROR. */
  private static final String STILLBORN = "error=1359";

  /** What StartService says of a service's process that did; one that never answers takes 10 s. */
  private static final String STILLBORN_SERVICE = ": 1053";

  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  /**
   * @param output standard output and error, without the last line break
   */
  record Result(int exitCode, String output) {
    /**
     * Every command of the bed writes a line before it ends; one that died at its birth does not.
     */
    private boolean silentFailure() {
      return exitCode != 0 && output.isEmpty();
    }
  }

  Result run() {
    Result result = runOnce();
    for (int birth = 1; birth < BIRTHS && result.silentFailure(); birth++) {
      result = runOnce();
    }
    return result;
  }

  private Result runOnce() {
    try {
      Process process = start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      String output = readAvailable(process.getInputStream());
      if (!ended) {
        process.destroyForcibly();
        throw new IllegalStateException(this + " did not end; it wrote: " + output);
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(this + " was interrupted", e);
    }
  }

  /** Runs it and expects exit code 0. */
  void runOrThrow() {
    long begin = System.nanoTime();
    Result result = run();
    if (result.output().endsWith(STILLBORN_SERVICE)
        && System.nanoTime() - begin < AT_ONCE.toNanos()) {
      result = run();
    }
    if (result.exitCode() != 0) {
      throw new IllegalStateException(
          this + " ended with " + result.exitCode() + ": " + result.output());
    }
  }

  private Process start() throws IOException {
    for (int birth = 1; ; birth++) {
      try {
        return new ProcessBuilder(words).redirectErrorStream(true).start();
      } catch (IOException e) {
        if (birth == BIRTHS || !String.valueOf(e.getMessage()).contains(STILLBORN)) {
          throw e;
        }
      }
    }
  }

  /**
   * A command of the bed writes a few lines, which a pipe holds. Waiting for the pipe's end would
   * take longer: Wine's console host inherits it and outlives the command.
   */
  private static String readAvailable(InputStream pipe) throws IOException {
    return new String(pipe.readNBytes(pipe.available()), Charset.defaultCharset()).strip();
  }

  @Override
  public String toString() {
    return String.join(" ", words) + " (limit " + limit.toSeconds() + " s)";
  }
}
