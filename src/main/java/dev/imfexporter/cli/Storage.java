package dev.imfexporter.cli;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.config.Config;
import dev.imfexporter.journal.Journal;
import dev.imfexporter.journal.StorageException;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where history is kept, if it is. */
final class Storage implements AutoCloseable {
  private final Optional<Journal> journal;

  private Storage(Optional<Journal> journal) {
    this.journal = journal;
  }

  /**
   * Opens the folder that the options name, or else one that works; a demo's history is kept only
   * where the options say so.
   *
   * @throws StorageException if the folder cannot be used
   */
  static Storage open(Options options, Config config, TimeSource time) throws StorageException {
    if (options.storagePath != null) {
      return new Storage(Optional.of(Journal.open(options.storagePath, time)));
    }
    return new Storage(
        config.hosts().stream().allMatch(host -> host.access() == AccessKind.DEMO)
            ? Optional.empty()
            : Optional.of(Journal.openFirst(standard(), beside(options.configFile), time)));
  }

  /** Where an exporter with these options may have left history, the likeliest first. */
  static List<Path> places(Options options) {
    return options.storagePath != null
        ? List.of(options.storagePath)
        : List.of(standard(), beside(options.configFile)).stream()
            .filter(Files::isDirectory)
            .toList();
  }

  private static Path standard() {
    if (!HostSetup.onWindows()) {
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

  /** The facts of a host; to be closed before this. */
  FactStore facts(String host) {
    return journal.map(open -> open.store(host)).orElseGet(FactStore::none);
  }

  /** Says in the log what is kept where. */
  void describe(int recovered, Logger log) {
    journal.ifPresentOrElse(
        open ->
            log.log(
                Level.INFO,
                "history is in "
                    + open.folder()
                    + ", with "
                    + recovered
                    + " facts of earlier runs"),
        () -> log.log(Level.INFO, "the demo's history is not kept: there is no --storage.path"));
  }

  @Override
  public void close() {
    journal.ifPresent(Journal::close);
  }
}
