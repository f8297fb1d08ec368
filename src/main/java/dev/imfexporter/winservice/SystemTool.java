package dev.imfexporter.winservice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a program of {@code %SystemRoot%\System32}: icacls, netsh. */
final class SystemTool {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private SystemTool() {}

  /**
   * Runs a command to its end.
   *
   * @param command its first word is the program's name, without folder and {@code .exe}
   * @throws ServiceException with what it printed, if it fails or takes longer than 30 s
   */
  static void run(List<String> command) throws ServiceException {
    String root = System.getenv("SystemRoot");
    List<String> words = new ArrayList<>(command);
    // By its whole path: not a program of that name in the folder that this was called from.
    words.set(
        0,
        Path.of(root == null ? "C:\\Windows" : root, "System32", command.get(0) + ".exe")
            .toString());
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String printed = printed(command, process);
      if (process.waitFor() != 0) {
        throw failed(command, "exit code %d, %s".formatted(process.exitValue(), printed));
      }
    } catch (IOException e) {
      throw failed(command, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(command, "interrupted");
    }
  }

  /** What a process printed by its end. */
  private static String printed(List<String> command, Process process)
      throws ServiceException, InterruptedException, IOException {
    Future<byte[]> output =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return process.getInputStream().readAllBytes();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      byte[] bytes = output.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      return new String(bytes, Charset.defaultCharset()).strip();
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw failed(command, "it took longer than %d s".formatted(LIMIT.toSeconds()));
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  private static ServiceException failed(List<String> command, String why) {
    return ServiceException.because("%s failed: %s".formatted(CommandLine.join(command), why));
  }
}
