package dev.imfexporter.websecurity;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How the server is protected now: what its files say is read again once they change. Files that
 * cannot be used change nothing. Thread-safe.
 */
public final class CurrentWebSecurity {
  private static final System.Logger LOG = System.getLogger(CurrentWebSecurity.class.getName());
  private static final long BETWEEN = Duration.ofSeconds(1).toNanos();

  /** Differs from the stamp of each file, so that the next look reads it once more. */
  private static final String NOT_LOOKED_AT = "";

  private final Reading reading;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile WebSecurity current;
  private volatile boolean good = true;
  private volatile long looked;

  /**
   * Of the files in use, and of those that a configuration names that cannot be used. Guarded by
   * {@link #lock}.
   */
  private Map<Path, String> stamps;

  /** Whether the last look found what cannot be used, and the one before did not. */
  private boolean doubtful;

  /** Reads the files anew. */
  @FunctionalInterface
  public interface Reading {
    WebSecurity read() throws UnusableFile;
  }

  /** Files that cannot be used; the message says why, a line for each error. */
  public static final class UnusableFile extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Path> files;

    /**
     * @param files that may have to change before they can be used, also those that do not exist
     */
    public UnusableFile(Exception cause, List<Path> files) {
      super(cause.getMessage(), cause);
      this.files = List.copyOf(files);
    }

    private UnusableFile(String sentence, List<Path> files) {
      super(sentence);
      this.files = List.copyOf(files);
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

  /** Whether the files as they are now are in use; true until a second look finds them unusable. */
  public boolean isGood() {
    return good;
  }

  private void look() {
    Map<Path, String> now = stamps(stamps.keySet());
    looked = nanoTime.getAsLong();
    if (now.equals(stamps) && !doubtful) {
      return;
    }
    try {
      WebSecurity read = reading.read();
      Optional<String> refused = refusal(current, read);
      if (refused.isPresent()) {
        throw new UnusableFile(refused.get(), read.files());
      }
      // A file that was replaced while it was read is seen the next time.
      stamps = now.keySet().equals(Set.copyOf(read.files())) ? now : stamps(read.files());
      current = read.after(current);
      doubtful = false;
      good = true;
      LOG.log(INFO, "the web configuration and its certificates were read again");
    } catch (UnusableFile e) {
      stamps = withOthers(now, e.files);
      // A renewal replaces the certificate and the key one after the other.
      doubtful = !doubtful;
      if (!doubtful) {
        good = false;
        LOG.log(
            ERROR,
            "the web configuration changed and cannot be used, and the old one holds: "
                + e.getMessage());
      }
    }
  }

  /**
   * Why a running server does not change so; empty if it does. A file that is written in place is
   * empty for a moment, or ends early, and must not let everyone in.
   */
  private static Optional<String> refusal(WebSecurity before, WebSecurity after) {
    if (before.tls().isPresent() != after.tls().isPresent()) {
      return Optional.of("TLS is switched on and off only by a restart of imf-exporter");
    }
    return !before.passwords().isEmpty() && after.passwords().isEmpty()
        ? Optional.of(
            "basic_auth_users names no user any more, and log-ins are switched off only by a"
                + " restart of imf-exporter")
        : Optional.empty();
  }

  /** With the stamps of the files in use, and of others that are looked at from now on. */
  private Map<Path, String> withOthers(Map<Path, String> now, List<Path> others) {
    Map<Path, String> all = new HashMap<>();
    for (Path file : others) {
      all.put(file, now.getOrDefault(file, NOT_LOOKED_AT));
    }
    for (Path file : current.files()) {
      all.put(file, now.getOrDefault(file, NOT_LOOKED_AT));
    }
    return all;
  }

  private static Map<Path, String> stamps(Collection<Path> files) {
    return files.stream().distinct().collect(toMap(file -> file, CurrentWebSecurity::stamp));
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
