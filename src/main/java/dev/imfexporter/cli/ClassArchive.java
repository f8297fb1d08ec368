package dev.imfexporter.cli;

import dev.imfexporter.fleet.UsageException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The archive of classes beside the jar (<a
 * href="https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html">class-data
 * sharing</a>), with which a start takes a part of the time. It is good for one Java, one jar and
 * the place and time of both; a JVM that cannot use it starts without it.
 */
final class ClassArchive {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String USE = "-XX:SharedArchiveFile=";

  private final ProgramFiles program;

  ClassArchive(ProgramFiles program) {
    this.program = program;
  }

  /** The launcher for Windows looks for it under this name. */
  Path file() {
    return program.folder().resolve("imf-exporter.jsa");
  }

  /** The flag of a JVM that is to use it. */
  String flag() {
    return USE + file();
  }

  /** The flags that this JVM was started with, except for those of an archive. */
  static List<String> flagsOfThisJvm() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.matches("-XX:(\\+AutoCreate|)SharedArchive.*|-XX:ArchiveClasses.*"))
        .toList();
  }

  /**
   * Whether there is one of this jar. It then has the time of the jar: that of a packaged jar is
   * the time of its commit, and says nothing of when it was unpacked.
   */
  boolean isCurrent() throws IOException {
    return Files.exists(file())
        && Files.getLastModifiedTime(file()).equals(Files.getLastModifiedTime(program.jar()));
  }

  /**
   * Writes it, unless it is current. Takes seconds, or minutes where asking for files is slow: Java
   * 25 looks for each class among all jars.
   *
   * @throws UsageException if it cannot be written; the exporter starts all the same
   */
  void renew(Consumer<String> progress) throws UsageException {
    Path fresh = program.folder().resolve("imf-exporter.jsa.new");
    try {
      if (isCurrent()) {
        return;
      }
      progress.accept("Archiving classes for a quick start ...");
      if (program.hasOwnJava() && !hasArchiveOfJava()) {
        run(List.of("-Xshare:dump"));
      }
      List<String> training = new ArrayList<>(flagsOfThisJvm());
      training.addAll(
          List.of(
              "-XX:ArchiveClassesAtExit=" + fresh,
              "-jar",
              program.jar().toString(),
              ArchiveClassesCommand.NAME,
              ArchiveClassesCommand.TRAINING));
      String printed = run(training);
      if (!Files.exists(fresh)) {
        throw new UsageException("the JVM has written no archive of classes: " + printed);
      }
      Files.setLastModifiedTime(fresh, Files.getLastModifiedTime(program.jar()));
      Files.move(fresh, file(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UsageException("no archive of classes was written: " + e);
    }
  }

  /** Removes it, if it is there. */
  void delete() throws IOException {
    Files.deleteIfExists(file());
  }

  /** The archive of the JDK's own classes, on which that of the program builds. */
  private boolean hasArchiveOfJava() {
    return Stream.of("bin", "lib")
        .map(folder -> program.javaHome().resolve(folder).resolve("server").resolve("classes.jsa"))
        .anyMatch(Files::exists);
  }

  /** Runs this Java to its end; returns the last line that it printed. */
  private String run(List<String> arguments) throws IOException, UsageException {
    List<String> command = new ArrayList<>(List.of(program.java().toString()));
    command.addAll(arguments);
    File output = File.createTempFile("imf-exporter", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(output))
              .start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String printed =
          new String(Files.readAllBytes(output.toPath()), Charset.defaultCharset())
              .lines()
              .reduce("nothing was printed", (first, second) -> second);
      if (!ended || process.exitValue() != 0) {
        throw new UsageException(
            "no archive of classes was written: %s %s: %s"
                .formatted(
                    program.java(),
                    ended ? "ended with code " + process.exitValue() : "took too long",
                    printed));
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      if (!output.delete()) {
        // A process that was ended may still have it open.
        output.deleteOnExit();
      }
    }
  }
}
