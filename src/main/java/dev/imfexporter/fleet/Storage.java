package dev.imfexporter.fleet;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.journal.Journal;
import dev.imfexporter.journal.JournalReader;
import dev.imfexporter.journal.StorageException;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that keeps the history of all hosts, or none. */
public final class Storage implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Storage.class.getName());

  private final Opener opener;

  /** Read without a lock: closing must not wait for a disk that hangs while it is opened. */
  private volatile Optional<Journal> journal = Optional.empty();

  /** Guarded by this. */
  private Optional<String> announced = Optional.empty();

  private Storage(Opener opener) {
    this.opener = opener;
  }

  /** Opens the journal. */
  @FunctionalInterface
  private interface Opener {
    Journal open() throws StorageException;
  }

  /**
   * Opens the folder. Without a path, it is the usual one or else one beside the first
   * configuration file; then nothing is opened before the first host that is no demo.
   *
   * @throws StorageException if the folder cannot be used
   * @throws UsageException if it has the history of another demo: the demo without a configuration
   *     file begins its story anew at each start
   */
  public static Storage open(@Nullable Path path, ConfigFiles files, Config config, TimeSource time)
      throws StorageException, UsageException {
    Storage storage =
        new Storage(
            path != null
                ? () -> Journal.open(path, time)
                : () -> Journal.openFirst(usual(), beside(files), time));
    if (path != null || config.hosts().stream().anyMatch(Storage::isKept)) {
      storage.open();
    }
    if (path != null && files.isEmpty()) {
      storage.refuseEarlierDemo(path, config.hosts().get(0));
    }
    return storage;
  }

  private void refuseEarlierDemo(Path folder, HostConfig host) throws UsageException {
    if (host.access() == AccessKind.DEMO && hasHistory(folder, host.name())) {
      close();
      throw new UsageException(
          "%s: the history of an earlier demo is here, and the story that begins now would be mixed with it. Name an empty folder by --storage.path=DIR, or leave the flag out: then nothing is kept"
              .formatted(folder));
    }
  }

  private static boolean hasHistory(Path folder, String host) {
    try {
      return JournalReader.hosts(folder).contains(host);
    } catch (IOException e) {
      // The stores log that the folder cannot be used, and why.
      LOG.log(Level.DEBUG, "Could not list " + folder, e);
      return false;
    }
  }

  private static boolean isKept(HostConfig host) {
    return host.access() != AccessKind.DEMO;
  }

  private synchronized Journal open() throws StorageException {
    if (journal.isEmpty()) {
      Journal open = opener.open();
      announced.ifPresent(open::announce);
      journal = Optional.of(open);
    }
    return journal.get();
  }

  /** Leaves the address at which this exporter answers in the folder, for commands. */
  public synchronized void announce(String url) {
    announced = Optional.of(url);
    journal.ifPresent(open -> open.announce(url));
  }

  /**
   * The folders in which an exporter with the same options may have left history, the likeliest
   * first; without a path, only those that exist.
   */
  public static List<Path> places(@Nullable Path path, ConfigFiles files) {
    return path != null
        ? List.of(path)
        : Stream.of(usual(), beside(files)).filter(Files::isDirectory).toList();
  }

  /** The folder of a history without {@code --storage.path}, where it can be written. */
  public static Path usual() {
    if (!AccessFactory.onWindows()) {
      return Path.of("/var/lib/imf-exporter");
    }
    String programData = System.getenv("ProgramData");
    return Path.of(programData == null ? "C:\\ProgramData" : programData, "imf-exporter");
  }

  private static Path beside(ConfigFiles files) {
    String name = "imf-exporter-data";
    return files.folder().orElseGet(() -> Path.of("").toAbsolutePath()).resolve(name);
  }

  /**
   * Opens the facts of a host; to be closed before this.
   *
   * @throws StorageException if this is the first host that is no demo, and the folder cannot be
   *     used
   */
  FactStore facts(HostConfig host) throws StorageException {
    return isKept(host) || isOpen() ? open().store(host.name()) : FactStore.none();
  }

  private boolean isOpen() {
    return journal.isPresent();
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
