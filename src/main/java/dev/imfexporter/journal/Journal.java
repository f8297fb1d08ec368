package dev.imfexporter.journal;

import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The folder in which the facts of hosts are kept, with the thread that writes. Thread-safe. */
public final class Journal implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Journal.class.getName());

  private static final int FEW = 64;

  /** Far longer than it takes on a disk that works. */
  private static final Duration UNLOCKING = Duration.ofMillis(250);

  private final Path folder;
  private final FolderLock lock;
  private final TimeSource time;
  private final Writer writer;

  /** Of hosts that are not watched any more, so many wait for a disk that fails. */
  static final int MOST_RELEASED = 16;

  /**
   * By the name of the file, the oldest first; the one writer of each, as long as it has something
   * to write.
   */
  private final Map<String, HostStore> stores = new LinkedHashMap<>();

  /** How often stores were asked for since closed ones were removed; guarded by the stores. */
  private int asked;

  private Journal(Path folder, FolderLock lock, TimeSource time) {
    this.folder = folder;
    this.lock = lock;
    this.time = time;
    FormerNames.replace(folder);
    this.writer = Writer.start();
  }

  /**
   * Keeps facts in that folder, which is made if need be. A folder that is there and cannot be
   * written is fine: its stores say so and try again.
   *
   * @throws StorageException if it can be no folder, or another program keeps its facts there
   */
  public static Journal open(Path folder, TimeSource time) throws StorageException {
    try {
      make(folder);
    } catch (IOException e) {
      throw new StorageException(
          folder
              + ": cannot be made: "
              + Reason.ofWriting(e)
              + ". Make the folder, or name another by --storage.path=DIR");
    }
    FolderLock lock = new FolderLock(folder);
    try {
      lock.take();
    } catch (IOException e) {
      // The stores log that they cannot write, and why.
      LOG.log(Level.DEBUG, "Could not lock " + folder, e);
    }
    return new Journal(folder, lock, time);
  }

  /**
   * Keeps facts in the first folder that can be written, or else in the first as {@link #open}
   * does.
   *
   * @throws StorageException if another program keeps its facts there
   */
  public static Journal openFirst(Path first, Path second, TimeSource time)
      throws StorageException {
    try {
      return new Journal(first, locked(first), time);
    } catch (IOException e) {
      Journal other = openOther(second, time);
      if (other.lock.held()) {
        LOG.log(
            Level.INFO,
            "history is kept in "
                + second
                + ", since it cannot be in "
                + first
                + ": "
                + Reason.ofWriting(e)
                + ". Name another folder by --storage.path=DIR");
      }
      return other;
    }
  }

  private static Journal openOther(Path folder, TimeSource time) throws StorageException {
    try {
      return new Journal(folder, locked(folder), time);
    } catch (IOException e) {
      // The stores log that they cannot write, and why.
      LOG.log(Level.DEBUG, "Could not lock " + folder, e);
      return new Journal(folder, new FolderLock(folder), time);
    }
  }

  private static FolderLock locked(Path folder) throws StorageException, IOException {
    make(folder);
    FolderLock lock = new FolderLock(folder);
    lock.take();
    return lock;
  }

  private static void make(Path folder) throws IOException {
    // A link to a folder is none to createDirectories.
    if (!Files.isDirectory(folder)) {
      if (Files.exists(folder)) {
        throw new NotDirectoryException(folder.toString());
      }
      Files.createDirectories(folder, Private.folder());
    }
  }

  /** Leaves the address at which this exporter answers in the folder, until it is closed. */
  public void announce(String url) {
    lock.announce(url);
  }

  public Path folder() {
    return folder;
  }

  /**
   * The facts of a host: read from its file at once, or taken over in memory from the store that
   * this method returned before for the same host. See {@link FactQueue#lend}.
   *
   * @throws RuntimeException if the former owner's facts cannot be summed up; it then goes on
   */
  public FactStore store(String host) {
    synchronized (stores) {
      // With many hosts not each time: the square of their number took most of a start.
      asked++;
      if (stores.size() < FEW || asked >= stores.size()) {
        stores.values().removeIf(HostStore::closed);
        dropOldest();
        asked = 0;
      }
      return Optional.ofNullable(stores.get(FileName.of(host)))
          .flatMap(HostStore::lend)
          .orElseGet(() -> open(host));
    }
  }

  private void dropOldest() {
    long excess = stores.values().stream().filter(HostStore::released).count() - MOST_RELEASED;
    Iterator<HostStore> all = stores.values().iterator();
    while (excess > 0 && all.hasNext()) {
      if (all.next().drop()) {
        all.remove();
        excess--;
      }
    }
  }

  private FactStore open(String host) {
    JournalFile file = new JournalFile(Disk.real(), folder, host, () -> time.now().wall());
    HostStore store =
        HostStore.open(host, file, this::checkFolder, writer::wake, () -> time.now().ticks());
    FactStore facts = store.lend().orElseThrow();
    stores.put(FileName.of(host), store);
    writer.add(store);
    return facts;
  }

  private void checkFolder() throws StorageException, IOException {
    make(folder);
    lock.take();
  }

  /** Lets all stores write once more; returns within 1.25 s, whatever the disk does. */
  @Override
  public void close() {
    writer.close();
    // A disk that hangs would hold up the end of the program, which gives the lock back as well.
    Thread unlocking = new Thread(this::unlock, "imf-journal-unlock");
    unlocking.setDaemon(true);
    unlocking.start();
    try {
      unlocking.join(UNLOCKING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void unlock() {
    if (writer.hasEnded()) {
      lock.announce(null);
    }
    lock.close();
  }
}
