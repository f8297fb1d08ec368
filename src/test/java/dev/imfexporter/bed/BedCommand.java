package dev.imfexporter.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
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
      Path output = Files.createTempFile("bed", ".out");
      try {
        Process process =
            new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(this + " did not end; it wrote: " + read(output));
        }
        return new Result(process.exitValue(), read(output));
      } finally {
        Files.deleteIfExists(output);
      }
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

  private static String read(Path file) throws IOException {
    return Files.readString(file, Charset.defaultCharset()).strip();
  }

  @Override
  public String toString() {
    return String.join(" ", words) + " (limit " + limit.toSeconds() + " s)";
  }
}
