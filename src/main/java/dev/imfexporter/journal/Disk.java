package dev.imfexporter.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/** The few things that a journal does to a disk, each of which may fail. */
interface Disk {

  /**
   * Which file has that name: another key after it was replaced, where the OS says so; empty if
   * there is none.
   *
   * @throws IOException if that cannot be found out, for example for want of a right
   */
  Optional<Object> key(Path file) throws IOException;

  InputStream read(Path file) throws IOException;

  /** Opens a file to write at its end, and makes it if need be. */
  Output append(Path file) throws IOException;

  /** Makes an empty file, over one that is there. */
  Output create(Path file) throws IOException;

  /** Renames a file over another one, atomically. */
  void replace(Path from, Path to) throws IOException;

  /** Makes what happened to the names in a folder outlast a power loss, where the OS can. */
  void syncFolder(Path folder) throws IOException;

  /** A file that is written. */
  interface Output extends AutoCloseable {
    void write(byte[] bytes) throws IOException;

    /** Makes what was written outlast a power loss. */
    void sync() throws IOException;

    long size() throws IOException;

    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** The disk of this machine. */
  static Disk real() {
    return new RealDisk();
  }

  /** Files of the JDK. */
  final class RealDisk implements Disk {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private RealDisk() {}

    @Override
    public Optional<Object> key(Path file) throws IOException {
      try {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return Optional.of(key == null ? "" : key);
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }

    @Override
    public InputStream read(Path file) throws IOException {
      return Files.newInputStream(file);
    }

    @Override
    public Output append(Path file) throws IOException {
      FileChannel channel =
          FileChannel.open(
              file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE), Private.file());
      channel.position(channel.size());
      return new ChannelOutput(channel);
    }

    @Override
    public Output create(Path file) throws IOException {
      return new ChannelOutput(
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.WRITE,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING),
              Private.file()));
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
      // Windows opens no folder for this, and NTFS keeps a journal of names itself.
      if (!WINDOWS) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }

  /** A file of the JDK. */
  record ChannelOutput(FileChannel channel) implements Output {
    @Override
    public void write(byte[] bytes) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(true);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
      channel.position(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
