package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

  /** Where the exporter that keeps its facts there answers, or did when it was killed. */
  public static Optional<URI> exporter(Path folder) {
    return FolderLock.url(folder);
  }

  /**
   * What is kept of a host.
   *
   * @param written when the newest fact was written; empty without one. While the host is watched,
   *     one is written every few minutes
   * @param damage a sentence about lines of the file that are damaged and left out; empty if none
   *     is
   */
  public record Kept(List<Fact> facts, Optional<Instant> written, Optional<String> damage) {
    public Kept {
      facts = List.copyOf(facts);
    }
  }

  /** What is kept of a host, and since when nothing was added; empty without a journal of it. */
  public static Optional<Kept> kept(Path folder, String host) throws IOException {
    Optional<Path> file = file(folder, host);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    byte[][] last = {new byte[0]};
    Recovered recovered = read(file.get(), line -> last[0] = line);
    return Optional.of(
        new Kept(recovered.facts(), JournalLines.written(last[0]), recovered.damage(file.get())));
  }

  /** What is kept of a host; empty without a journal of it. */
  public static Optional<Recovered> read(Path folder, String host) throws IOException {
    Optional<Path> file = file(folder, host);
    return file.isEmpty() ? Optional.empty() : Optional.of(read(file.get(), line -> {}));
  }

  private static Recovered read(Path file, JournalLines.Keeper lines) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return JournalLines.read(in, lines);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // A read that fails, as that of a folder, does not say of which file.
      throw new FileSystemException(file.toString(), null, e.getMessage());
    }
  }

  private static Optional<Path> file(Path folder, String host) throws IOException {
    Path file = folder.resolve(FileName.of(host));
    return Files.exists(file) || !Files.isDirectory(folder)
        ? Optional.of(file).filter(Files::exists)
        : FormerNames.find(folder, host);
  }
}
