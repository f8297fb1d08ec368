package dev.imfexporter.websecurity;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How the server is protected now: what its files say is read again once they change. Files that
 * cannot be used change nothing. Thread-safe.
 */
public final class CurrentWebSecurity {
  private static final System.Logger LOG = System.getLogger(CurrentWebSecurity.class.getName());
  private static final long BETWEEN = Duration.ofSeconds(1).toNanos();

  private final Reading reading;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile WebSecurity current;
  private volatile boolean good = true;
  private volatile long looked;

  /** Of {@link WebSecurity#files}. Guarded by {@link #lock}. */
  private List<String> stamps;

  /** Reads the files anew. */
  @FunctionalInterface
  public interface Reading {
    WebSecurity read() throws UnusableFile;
  }

  /** Files that cannot be used; the message says why, a line for each error. */
  public static final class UnusableFile extends Exception {
    private static final long serialVersionUID = 1;

    public UnusableFile(Exception cause) {
      super(cause.getMessage(), cause);
    }

    private UnusableFile(String sentence) {
      super(sentence);
    }
  }

  /**
   * @param nanoTime as {@link System#nanoTime}; the files are looked at once a second at most
   */
  public CurrentWebSecurity(WebSecurity first, Reading reading, LongSupplier nanoTime) {
    this.current = first;
    this.reading = reading;
    this.nanoTime = nanoTime;
    this.stamps = stamps(first.files());
    this.looked = nanoTime.getAsLong();
  }

  /** Plain HTTP for everyone, for ever. */
  public static CurrentWebSecurity none() {
    return new CurrentWebSecurity(WebSecurity.NONE, () -> WebSecurity.NONE, System::nanoTime);
  }

  /** For one request or handshake; may read files. */
  public WebSecurity get() {
    if (!current.files().isEmpty() && nanoTime.getAsLong() - looked >= BETWEEN && lock.tryLock()) {
      try {
        look();
      } finally {
        lock.unlock();
      }
    }
    return current;
  }

  /** Whether the files as they are now are in use. */
  public boolean isGood() {
    return good;
  }

  private void look() {
    List<String> now = stamps(current.files());
    looked = nanoTime.getAsLong();
    if (now.equals(stamps)) {
      return;
    }
    stamps = now;
    try {
      WebSecurity read = reading.read();
      if (read.tls().isPresent() != current.tls().isPresent()) {
        throw new UnusableFile("TLS is switched on and off only by a restart of imf-exporter");
      }
      // A file that was replaced while it was read is seen the next time.
      stamps = read.files().equals(current.files()) ? now : stamps(read.files());
      current = read.after(current);
      good = true;
      LOG.log(INFO, "the web configuration and its certificates were read again");
    } catch (UnusableFile e) {
      good = false;
      LOG.log(
          ERROR,
          "the web configuration changed and cannot be used, and the old one holds: "
              + e.getMessage());
    }
  }

  private static List<String> stamps(List<Path> files) {
    return files.stream().map(CurrentWebSecurity::stamp).toList();
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return "%s %d %s".formatted(found.lastModifiedTime(), found.size(), found.fileKey());
    } catch (IOException e) {
      return "unreadable";
    }
  }
}
