package dev.imfexporter.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what another program may be writing; changes nothing. */
public final class JournalReader {
  private JournalReader() {}

  /**
   * Hosts that have a journal in that folder, by name.
   *
   * @throws IOException if it is no folder, or cannot be read
   */
  public static List<String> hosts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> FileName.host(String.valueOf(file.getFileName())))
          .flatMap(Optional::stream)
          .sorted()
          .toList();
    }
  }

  /** Whether there is a journal of that host. */
  public static boolean has(Path folder, String host) {
    return Files.exists(folder.resolve(FileName.of(host)));
  }

  /** What is kept of a host; empty without a journal of it. */
  public static Optional<Recovered> read(Path folder, String host) throws IOException {
    Path file = folder.resolve(FileName.of(host));
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(JournalLines.read(in, line -> {}));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
