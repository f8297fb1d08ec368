package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The file of one host. Whenever the program or the machine dies, the file is whole up to the last
 * append that returned, and what {@link #rewrite} replaces is there in full or replaced in full.
 * Not thread-safe.
 */
final class JournalFile implements AutoCloseable {
  private static final Logger LOG = System.getLogger(JournalFile.class.getName());
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Below it, rewriting the file is not worth the wear. */
  private static final long SMALL = 1024 * 1024;

  private final Disk disk;
  private final Path folder;
  private final Path file;
  private final InstantSource clock;

  private boolean unread;
  private Optional<Object> outputKey = Optional.empty();
  private boolean damaged;
  private boolean torn;
  private Optional<Disk.Output> output = Optional.empty();

  /** Bytes that are known to be whole lines on the disk; -1 when the file was not opened yet. */
  private long size = -1;

  private long sizeAfterRewrite;

  JournalFile(Disk disk, Path folder, String host, InstantSource clock) {
    this.disk = disk;
    this.folder = folder;
    this.file = folder.resolve(FileName.of(host));
    this.clock = clock;
  }

  Path path() {
    return file;
  }

  /** Reads the file, changing nothing; nothing is what a file that is not there holds. */
  Recovered recover() throws IOException {
    // Until it has been read: an error that is no exception must not lose it, either.
    unread = true;
    Recovered recovered = read();
    unread = false;
    damaged = recovered.damaged() > 0;
    torn = recovered.torn();
    return recovered;
  }

  private Recovered read() throws IOException {
    if (disk.key(file).isEmpty()) {
      return new Recovered(List.of(), 0, 0, false, 0, 0);
    }
    try (InputStream in = disk.read(file)) {
      return JournalLines.read(in, line -> {});
    }
  }

  /** Gets ready to append: repairs what {@link #recover} found, and cuts off a failed append. */
  void open() throws IOException {
    if (output.isPresent()) {
      if (!disk.key(file).equals(outputKey)) {
        abandon();
        size = -1;
        throw new NoSuchFileException(file.toString());
      }
      return;
    }
    renameUnread();
    if (damaged || torn) {
      setAside();
      replace(this::copyWholeLines);
    }
    output = Optional.of(disk.append(file));
    try {
      outputKey = disk.key(file);
      cutOff(output.get());
    } catch (IOException e) {
      abandon();
      throw e;
    }
  }

  private void cutOff(Disk.Output opened) throws IOException {
    long actual = opened.size();
    if (size >= 0 && actual > size) {
      opened.truncate(size);
    } else {
      size = actual;
    }
  }

  /** Writes facts behind all others; they are on the disk when it returns. */
  void append(List<Fact> facts) throws IOException {
    open();
    byte[] lines = JournalLines.write(clock.instant(), facts);
    try {
      Disk.Output to = output.orElseThrow();
      to.write(lines);
      to.sync();
      size += lines.length;
    } catch (IOException e) {
      abandon();
      throw e;
    }
  }

  /** Whether the file has outgrown what a rewrite may make of it. */
  boolean large() {
    return size > SMALL && size > 2 * sizeAfterRewrite;
  }

  /** Puts facts in the place of all that the file holds. */
  void rewrite(List<Fact> facts) throws IOException {
    renameUnread();
    setAside();
    Instant now = clock.instant();
    replace(to -> to.write(JournalLines.write(now, facts)));
    open();
    sizeAfterRewrite = size;
  }

  @Override
  public void close() {
    abandon();
  }

  /** Writes a new file and gives it the name of the old one. */
  private void replace(Content content) throws IOException {
    abandon();
    Path fresh = beside(".new");
    try (Disk.Output to = disk.create(fresh)) {
      content.write(to);
      to.sync();
    }
    disk.replace(fresh, file);
    damaged = false;
    torn = false;
    size = -1;
    disk.syncFolder(folder);
  }

  /** A file that could not be read may hold facts that nothing else holds. */
  private void renameUnread() throws IOException {
    if (!unread) {
      return;
    }
    if (disk.key(file).isEmpty()) {
      unread = false;
      return;
    }
    Path aside = beside(".unread-" + STAMP.format(clock.instant()));
    disk.replace(file, aside);
    unread = false;
    disk.syncFolder(folder);
    LOG.log(
        Level.WARNING,
        "the journal that cannot be read was renamed to "
            + aside
            + ". To get its history back, stop imf-exporter, make the file readable, and give it"
            + " its old name");
  }

  private Path beside(String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  /** Keeps a copy of a damaged file; a copy, so that there is a journal at every moment. */
  private void setAside() throws IOException {
    if (!damaged) {
      return;
    }
    Path aside = beside(".damaged-" + STAMP.format(clock.instant()));
    // One name for all attempts: on a full disk, each would leave a part of a copy.
    Path copy = beside(".damaged.new");
    try (InputStream in = disk.read(file);
        Disk.Output to = disk.create(copy)) {
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        to.write(Arrays.copyOf(buffer, n));
      }
      to.sync();
    }
    disk.replace(copy, aside);
    disk.syncFolder(folder);
    damaged = false;
    torn = true;
    LOG.log(
        Level.WARNING,
        "the damaged journal was kept as "
            + aside
            + "; its good lines are used. Look for a failing disk, then delete that file");
  }

  private void copyWholeLines(Disk.Output to) throws IOException {
    try (InputStream in = disk.read(file)) {
      JournalLines.read(in, to::write);
    }
  }

  /** Closes without an error; the next use begins with {@link #open}. */
  private void abandon() {
    output.ifPresent(
        open -> {
          try {
            open.close();
          } catch (IOException e) {
            LOG.log(Level.DEBUG, "Could not close " + file, e);
          }
        });
    output = Optional.empty();
  }

  /** Fills a new file. */
  @FunctionalInterface
  private interface Content {
    void write(Disk.Output to) throws IOException;
  }
}
