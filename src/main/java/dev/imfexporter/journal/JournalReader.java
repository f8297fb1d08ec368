package dev.imfexporter.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads journals, also while an exporter writes them; changes nothing. */
public final class JournalReader {
  private JournalReader() {}

  /**
   * Hosts that have a journal in that folder, in lower case, by name.
   *
   * @throws IOException if it is no folder, or cannot be read
   */
  public static List<String> hosts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> FileName.host(String.valueOf(file.getFileName())))
          .flatMap(Optional::stream)
          .distinct()
          .sorted()
          .toList();
    }
  }

  /** What is kept of a host; empty without a journal of it. */
  public static Optional<Recovered> read(Path folder, String host) throws IOException {
    Optional<Path> file = file(folder, host);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      return Optional.of(JournalLines.read(in, line -> {}));
    }
  }

  private static Optional<Path> file(Path folder, String host) throws IOException {
    Path file = folder.resolve(FileName.of(host));
    return Files.exists(file) || !Files.isDirectory(folder)
        ? Optional.of(file).filter(Files::exists)
        : FormerNames.find(folder, host);
  }
}
