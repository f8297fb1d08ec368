package dev.imfexporter.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link FastForwardProgram}, in a JVM of this machine or in that of the Windows bed. */
final class FastForward implements AutoCloseable {
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;
  private final Path log;

  private FastForward(Process process, Path log) {
    this.process = process;
    this.log = log;
    orders = process.outputWriter(UTF_8);
    answers = process.inputReader(UTF_8);
  }

  /** Starts it for the hosts of a configuration. */
  static FastForward onLinux(Path config) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return start(List.of(java), System.getProperty("java.class.path"), config);
  }

  /** Starts it in the Windows JVM of the bed. */
  static FastForward onWindows(Path config) throws IOException {
    return start(
        List.of("src/test/bed/windows", "java"),
        System.getProperty("java.class.path").replace(File.pathSeparatorChar, ';'),
        config);
  }

  private static FastForward start(List<String> java, String classPath, Path config)
      throws IOException {
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath));
    command.addAll(List.of(FastForwardProgram.class.getName(), config.toString()));
    Path log = Path.of(config + ".log");
    return new FastForward(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /** Lets time pass and has the hosts read, without waiting for that. */
  void order(int minutes, Path folder) throws IOException {
    orders.write(minutes + " " + folder + "\n");
    orders.flush();
  }

  /** Waits until the hosts have been read; the program itself gives up after a minute. */
  void await() throws IOException {
    if (answers.readLine() == null) {
      throw new IOException("The program ended: " + Files.readString(log));
    }
  }

  @Override
  public void close() throws IOException {
    orders.close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
