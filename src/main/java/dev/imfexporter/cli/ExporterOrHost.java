package dev.imfexporter.cli;

import dev.imfexporter.config.HostConfig;
import dev.imfexporter.fleet.Storage;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.journal.JournalReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a command gets what it prints of a host: from an exporter that watches it, so that both say
 * the same, or from the host itself.
 */
final class ExporterOrHost {
  private final Optional<URI> chosen;
  private final HttpAccess access;
  private final PrintStream err;

  /**
   * @param chosen the exporter of {@code --exporter}, or {@code none}; empty for that of the folder
   * @param err gets a line about what is asked
   */
  ExporterOrHost(Optional<URI> chosen, HttpAccess access, PrintStream err) {
    this.chosen = chosen;
    this.access = access;
    this.err = err;
  }

  /** Asks an exporter. */
  @FunctionalInterface
  interface Question<T> {
    T ask(RunningExporter exporter, String host) throws UsageException;
  }

  /** Reads a host. */
  @FunctionalInterface
  interface Reading<T> {
    T read(HostConfig host) throws UsageException, InterruptedException;
  }

  /** Whether only the exporter that was named may be asked; it knows its hosts. */
  boolean isNamed() {
    return chosen.isPresent() && !ExporterOption.isNone(chosen.get());
  }

  /**
   * Asks the exporter that was named.
   *
   * @throws UsageException if it does not answer
   */
  <T> T ask(String host, Question<T> question) throws UsageException {
    RunningExporter exporter = new RunningExporter(chosen.orElseThrow(), access);
    err.println("Asking the exporter at %s about %s ...".formatted(exporter, host));
    return question.ask(exporter, host);
  }

  /** Asks the exporter that keeps its history in the same folder, or else reads the host. */
  <T> T of(HostConfig host, Options options, Question<T> question, Reading<T> reading)
      throws UsageException, InterruptedException {
    Optional<URI> found = chosen.isEmpty() ? beside(options) : Optional.empty();
    if (found.isPresent()) {
      RunningExporter exporter = new RunningExporter(found.get(), access);
      try {
        T answer = question.ask(exporter, host.name());
        err.println("As the exporter at %s sees %s:".formatted(exporter, host.name()));
        return answer;
      } catch (UsageException e) {
        err.println("imf-exporter: %s; so this reads the host itself".formatted(e.getMessage()));
      }
    }
    err.println(Options.reading(host));
    return reading.read(host);
  }

  /** What an exporter has left in the folder of its history. */
  private static Optional<URI> beside(Options options) {
    for (Path place : Storage.places(options.storagePath, options.configFiles())) {
      Optional<URI> exporter = JournalReader.exporter(place);
      if (exporter.isPresent()) {
        return exporter;
      }
    }
    return Optional.empty();
  }
}
