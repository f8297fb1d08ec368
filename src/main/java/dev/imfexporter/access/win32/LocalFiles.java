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

/** Folders of this machine. Thread-safe. */
final class LocalFiles implements dev.imfexporter.access.Files {

  @Override
  public Optional<List<Entry>> list(String folder) throws AccessException {
    List<Entry> entries = new ArrayList<>();
    try {
      Path start = Path.of(folder);
      Files.walkFileTree(
          start,
          Set.of(),
          1,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (file.equals(start)) {
                throw new NotDirectoryException(folder);
              }
              entries.add(entry(file, attributes));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (file.equals(start)) {
                throw failure;
              }
              return FileVisitResult.CONTINUE; // It went while we looked.
            }
          });
      return Optional.of(entries);
    } catch (InvalidPathException e) {
      throw new AccessException.Malformed(
          "\"" + folder + "\" cannot be the name of a folder: " + e.getReason());
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (AccessDeniedException e) {
      throw Win32Errors.failed(
          "List " + folder, Win32Error.ACCESS_DENIED, "the right to list the folder " + folder);
    } catch (IOException e) {
      // The JDK keeps the system's code to itself.
      throw new AccessException.Missing("The folder " + folder + " cannot be listed: " + e);
    }
  }

  @Override
  public Optional<Sample> sample(String folder, int most, Duration within) throws AccessException {
    return list(folder).map(all -> new Sample(all, true));
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
