package dev.imfexporter.cli;

import dev.imfexporter.cli.ExporterOption.Choice;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.config.HostName;
import dev.imfexporter.fleet.Storage;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.journal.JournalReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a command gets what it prints of a host: from an exporter that watches it, so that both say
 * the same, or from the host itself.
 */
final class ExporterOrHost {
  private static final int LONGEST_NAME = 100;

  private final Optional<Choice> chosen;
  private final HttpAccess access;
  private final PrintStream err;

  /** One for each address: what does not answer is not waited for once more for the next host. */
  private final Map<ExporterUrl, RunningExporter> exporters = new ConcurrentHashMap<>();

  /**
   * @param chosen by {@code --exporter}; empty for the exporter of the folder
   * @param err gets a line about what is asked
   */
  ExporterOrHost(Optional<Choice> chosen, HttpAccess access, PrintStream err) {
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
    return chosen.flatMap(Choice::url).isPresent();
  }

  /**
   * Asks the exporter that was named.
   *
   * @throws UsageException if it does not answer
   */
  <T> T ask(String host, Question<T> question) throws UsageException {
    if (!HostName.isPossible(host)) {
      throw new UsageException(
          "no host can be called '%s': a name has letters, digits, dots, hyphens and underscores"
              .formatted(TerminalText.firstLine(host, LONGEST_NAME)));
    }
    RunningExporter exporter = exporter(chosen.flatMap(Choice::url).orElseThrow());
    err.println("Asking the exporter at %s about %s ...".formatted(exporter, host));
    return question.ask(exporter, host);
  }

  /** Asks the exporter that keeps its history in the same folder, or else reads the host. */
  <T> T of(HostConfig host, Options options, Question<T> question, Reading<T> reading)
      throws UsageException, InterruptedException {
    Optional<ExporterUrl> found = chosen.isEmpty() ? beside(options) : Optional.empty();
    if (found.isPresent()) {
      RunningExporter exporter = exporter(found.get());
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

  private RunningExporter exporter(ExporterUrl url) {
    return exporters.computeIfAbsent(
        url, each -> new RunningExporter(each, access, Patience.USUAL, err));
  }

  /** What an exporter has left in the folder of its history. */
  private static Optional<ExporterUrl> beside(Options options) {
    for (Path place : Storage.places(options.storagePath, options.configFiles())) {
      Optional<ExporterUrl> exporter =
          JournalReader.exporter(place).flatMap(ExporterOrHost::usable);
      if (exporter.isPresent()) {
        return exporter;
      }
    }
    return Optional.empty();
  }

  /** A file of that name may have anything in it. */
  private static Optional<ExporterUrl> usable(URI found) {
    try {
      return Optional.of(new ExporterUrl(found));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
