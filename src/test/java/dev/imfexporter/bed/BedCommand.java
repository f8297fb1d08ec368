package dev.imfexporter.bed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the bed, run to its end or to a deadline. */
record BedCommand(List<String> words, Duration limit) {

  /**
   * @param output standard output and error, without the last line break
   */
  record Result(int exitCode, String output) {}

  Result run() {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
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
    Result result = run();
    if (result.exitCode() != 0) {
      throw new IllegalStateException(
          this + " ended with " + result.exitCode() + ": " + result.output());
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
