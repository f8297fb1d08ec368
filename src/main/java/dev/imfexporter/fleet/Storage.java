package dev.imfexporter.fleet;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.config.Config;
import dev.imfexporter.journal.Journal;
import dev.imfexporter.journal.StorageException;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that keeps the history of all hosts, or none. */
public final class Storage implements AutoCloseable {
  private final Optional<Journal> journal;

  private Storage(Optional<Journal> journal) {
    this.journal = journal;
  }

  /**
   * Opens the folder. Without a path, it is the usual one or else one beside the configuration
   * file; a configuration of demos alone then keeps no history.
   *
   * @throws StorageException if the folder cannot be used
   */
  public static Storage open(
      @Nullable Path path, @Nullable Path configFile, Config config, TimeSource time)
      throws StorageException {
    if (path != null) {
      return new Storage(Optional.of(Journal.open(path, time)));
    }
    return new Storage(
        config.hosts().stream().allMatch(host -> host.access() == AccessKind.DEMO)
            ? Optional.empty()
            : Optional.of(Journal.openFirst(usual(), beside(configFile), time)));
  }

  /**
   * The folders in which an exporter with the same options may have left history, the likeliest
   * first; without a path, only those that exist.
   */
  public static List<Path> places(@Nullable Path path, @Nullable Path configFile) {
    return path != null
        ? List.of(path)
        : Stream.of(usual(), beside(configFile)).filter(Files::isDirectory).toList();
  }

  private static Path usual() {
    if (!AccessFactory.onWindows()) {
      return Path.of("/var/lib/imf-exporter");
    }
    String programData = System.getenv("ProgramData");
    return Path.of(programData == null ? "C:\\ProgramData" : programData, "imf-exporter");
  }

  private static Path beside(@Nullable Path configFile) {
    String name = "imf-exporter-data";
    return configFile == null
        ? Path.of(name).toAbsolutePath()
        : configFile.toAbsolutePath().resolveSibling(name);
  }

  /** Opens the facts of a host; to be closed before this. */
  FactStore facts(String host) {
    return journal.map(open -> open.store(host)).orElseGet(FactStore::none);
  }

  /**
   * A sentence for the log: where the history is.
   *
   * @param recovered how many facts of earlier runs there are
   */
  public String describe(int recovered) {
    return journal
        .map(
            open ->
                "history is in %s, with %d facts of earlier runs"
                    .formatted(open.folder(), recovered))
        .orElse("the demo's history is not kept: there is no --storage.path");
  }

  @Override
  public void close() {
    journal.ifPresent(Journal::close);
  }
}
