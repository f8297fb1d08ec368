package dev.imfexporter.journal;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second exporter off a folder. The OS gives the lock back when the process ends, however
 * it ends. Thread-safe.
 */
final class FolderLock implements AutoCloseable {
  static final String NAME = "lock";

  /** Behind the text: on Windows no other process can read what is locked. */
  private static final long POSITION = Long.MAX_VALUE - 1;

  private final Path file;
  private @Nullable FileChannel held;
  private @Nullable Object heldKey;
  private @Nullable String url;

  FolderLock(Path folder) {
    this.file = folder.resolve(NAME);
  }

  /**
   * Takes the lock, unless it is taken by this already.
   *
   * @throws StorageException if another has it
   * @throws IOException if the folder cannot be written
   */
  synchronized void take() throws StorageException, IOException {
    if (held != null && isStillThere()) {
      return;
    }
    close();
    FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE), Private.file());
    boolean taken = false;
    try {
      taken = lock(channel);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    if (!taken) {
      throw new StorageException(
          file.getParent()
              + ": another imf-exporter"
              + owner()
              + " keeps its history here. Stop it, or give this one another folder by"
              + " --storage.path=DIR");
    }
    held = channel;
    heldKey = key();
    writeOwner(channel);
  }

  /** Leaves the address of this exporter in the file for commands that would ask it, or none. */
  synchronized void announce(@Nullable String address) {
    url = address;
    if (held != null) {
      writeOwner(held);
    }
  }

  /** The address in the file of that folder; an exporter that was killed has left it there. */
  static Optional<URI> url(Path folder) {
    try {
      List<String> lines = Files.readAllLines(folder.resolve(NAME), StandardCharsets.US_ASCII);
      return lines.size() < 2 ? Optional.empty() : Optional.of(new URI(lines.get(1)));
    } catch (IOException | URISyntaxException unknown) {
      return Optional.empty();
    }
  }

  /** A file that was deleted or renamed keeps no second exporter off the folder. */
  private boolean isStillThere() {
    try {
      return Objects.equals(key(), heldKey);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException unknown) {
      return true;
    }
  }

  /** Which file it is, where the OS says so; null on Windows, which lets no one delete it. */
  private @Nullable Object key() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  synchronized boolean held() {
    return held != null;
  }

  @Override
  public synchronized void close() {
    FileChannel channel = held;
    held = null;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        System.getLogger(FolderLock.class.getName())
            .log(System.Logger.Level.DEBUG, "Could not close " + file, e);
      }
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(POSITION, 1, false) != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    }
  }

  private void writeOwner(FileChannel channel) {
    try {
      channel.truncate(0);
      String text = ProcessHandle.current().pid() + "\n" + (url == null ? "" : url + "\n");
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException full) {
      // The lock holds all the same; only the message of a second exporter says less.
      System.getLogger(FolderLock.class.getName())
          .log(System.Logger.Level.DEBUG, "Could not write the process id", full);
    }
  }

  private String owner() {
    try {
      String text = Files.readString(file).lines().findFirst().orElse("");
      return text.matches("\\d{1,10}") ? " (process " + text + ")" : "";
    } catch (IOException e) {
      return "";
    }
  }
}
