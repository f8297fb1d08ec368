package dev.imfexporter.cli;

import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.journal.Private;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file whole or not at all: beside its place first, as {@code NAME.RANDOM.part}. What a
 * command leaves that was killed is in the way of none.
 */
final class OutputFile {
  private OutputFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file that is not there yet, for the account alone; another one of that name stays as
   * it is.
   */
  static void create(Path file, Content content) throws UsageException {
    if (Files.exists(file)) {
      throw isThere(file);
    }
    Path part = part(file, content, Private.file());
    try {
      Files.move(part, file);
    } catch (FileAlreadyExistsException e) {
      delete(part, e);
      throw isThere(file);
    } catch (IOException e) {
      throw failed(file, part, e);
    }
  }

  /** Writes a file; until it is whole, the one that was there is. */
  static void replace(Path file, Content content) throws UsageException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw isThere(file);
    }
    Path target = followed(file);
    Path part = part(target, content);
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed(file, part, e);
    }
  }

  /** A symbolic link stays one, and what it names is replaced. */
  private static Path followed(Path file) throws UsageException {
    try {
      return Files.exists(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static Path part(Path file, Content content, FileAttribute<?>... permissions)
      throws UsageException {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    Path part = file.resolveSibling("%s.%s.part".formatted(file.getFileName(), random));
    try (FileChannel channel =
        FileChannel.open(
            part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
      content.writeTo(out);
      out.flush();
      // A disk may be full only when what it was given is written down.
      channel.force(true);
    } catch (IOException e) {
      throw failed(file, part, e);
    }
    return part;
  }

  private static UsageException isThere(Path file) {
    if (Files.isDirectory(file)) {
      return new UsageException(file + " is a folder: name a file, by --output=FILE");
    }
    if (!Files.isRegularFile(file)) {
      return new UsageException(file + " is a device or a pipe: name a file, by --output=FILE");
    }
    return new UsageException(
        file + " is there already: name another file by --output=FILE, or delete it");
  }

  private static UsageException failed(Path file, Path part, IOException e) {
    delete(part, e);
    return failed(file, e);
  }

  private static UsageException failed(Path file, IOException e) {
    return new UsageException("%s cannot be written: %s".formatted(file, why(file, e)));
  }

  private static String why(Path file, IOException e) {
    return place(file, e)
        .orElseGet(
            () -> {
              String reason =
                  e instanceof FileSystemException system && system.getReason() != null
                      ? system.getReason()
                      : String.valueOf(e.getMessage());
              return reason + "; nothing of it is left";
            });
  }

  /** Why no file can be made there, in plain words; empty if the place is not the reason. */
  static Optional<String> place(Path file, IOException e) {
    if (e instanceof AccessDeniedException) {
      return Optional.of("your account has no right to write in its folder");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (e instanceof NoSuchFileException && folder != null) {
      return Optional.of(
          Files.isDirectory(folder)
              ? "the folder %s takes no files: name one in another".formatted(folder)
              : "there is no folder " + folder);
    }
    return Optional.empty();
  }

  private static void delete(Path part, IOException cause) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
