package dev.imfexporter.cli;

import dev.imfexporter.config.HostConfig;
import dev.imfexporter.fleet.Storage;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.journal.JournalReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a command gets what it prints of a host: from an exporter that watches it, so that both say
 * the same, or from the host itself.
 */
final class ExporterOption {
  private static final String NONE = "none";

  @Option(
      names = "--exporter",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description =
          "Ask this exporter, such as http://localhost:10747; none reads the host from here."
              + " Default: the exporter that runs and keeps its history in the same folder, or none.")
  private @Nullable URI url;

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
    return url != null && !isNone(url);
  }

  /**
   * Asks the exporter that was named.
   *
   * @throws UsageException if it does not answer
   */
  <T> T ask(String host, Question<T> question, PrintStream err) throws UsageException {
    RunningExporter exporter = new RunningExporter(Objects.requireNonNull(url));
    err.println("Asking the exporter at %s about %s ...".formatted(exporter, host));
    return question.ask(exporter, host);
  }

  /** Asks the exporter that keeps its history in the same folder, or else reads the host. */
  <T> T of(
      HostConfig host, Options options, Question<T> question, Reading<T> reading, PrintStream err)
      throws UsageException, InterruptedException {
    Optional<URI> found = url == null ? beside(options) : Optional.empty();
    if (found.isPresent()) {
      RunningExporter exporter = new RunningExporter(found.get());
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
    for (Path place : Storage.places(options.storagePath, options.configFile)) {
      Optional<URI> exporter = JournalReader.exporter(place);
      if (exporter.isPresent()) {
        return exporter;
      }
    }
    return Optional.empty();
  }

  private static boolean isNone(URI url) {
    return url.toString().equals(NONE);
  }

  /** Made by picocli. */
  static final class UrlConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        URI url = new URI(text);
        if (isNone(url) || (isHttp(url) && url.getHost() != null)) {
          return url;
        }
      } catch (URISyntaxException wrong) {
        // The sentence below says what is wanted.
      }
      throw new TypeConversionException(
          "want the address of an exporter, such as http://localhost:10747, or none, not '"
              + text
              + "'");
    }

    private static boolean isHttp(URI url) {
      return "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    }
  }
}
