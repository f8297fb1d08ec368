package dev.imfexporter.access.win32;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Win32Error;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Folders of this machine. Thread-safe. */
final class LocalFiles implements dev.imfexporter.access.Files {
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime a monotonic clock
   */
  LocalFiles(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public Optional<Sample> sample(String folder, int most, Duration within) throws AccessException {
    try {
      Path start = Path.of(folder);
      Walk walk = new Walk(start, most, nanoTime.getAsLong(), within.toNanos());
      Files.walkFileTree(start, Set.of(), 1, walk);
      return Optional.of(new Sample(walk.entries, walk.complete));
    } catch (InvalidPathException e) {
      throw new AccessException.Malformed(
          "\"" + folder + "\" cannot be the name of a folder: " + e.getReason());
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (AccessDeniedException e) {
      throw Win32Errors.failed(
          "List " + folder, Win32Error.ACCESS_DENIED, "the right to list the folder " + folder);
    } catch (IOException e) {
      // The JDK does not give the system's code.
      throw new AccessException.Missing("The folder " + folder + " cannot be listed: " + e);
    }
  }

  /** Collects entries in the order of the system, until one is too many or too late. */
  private final class Walk extends SimpleFileVisitor<Path> {
    private final Path start;
    private final int most;
    private final long begin;
    private final long withinNanos;
    private final List<Entry> entries = new ArrayList<>();
    private boolean complete = true;

    private Walk(Path start, int most, long begin, long withinNanos) {
      this.start = start;
      this.most = most;
      this.begin = begin;
      this.withinNanos = withinNanos;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (file.equals(start)) {
        throw new NotDirectoryException(start.toString());
      }
      if (entries.size() >= most || nanoTime.getAsLong() - begin > withinNanos) {
        complete = false;
        return FileVisitResult.TERMINATE;
      }
      entries.add(entry(file, attributes));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(start)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE; // It was deleted meanwhile.
    }
  }

  private static Entry entry(Path file, BasicFileAttributes attributes) {
    return new Entry(
        String.valueOf(file.getFileName()),
        attributes.isDirectory(),
        attributes.size(),
        attributes.creationTime().toInstant(),
        attributes.lastModifiedTime().toInstant());
  }
}
