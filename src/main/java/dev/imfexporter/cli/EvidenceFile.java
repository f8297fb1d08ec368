package dev.imfexporter.cli;

import dev.imfexporter.fleet.UsageException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a file whole or not at all, and replaces none. */
final class EvidenceFile {
  private EvidenceFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  static void write(Path file, Content content) throws UsageException {
    if (Files.exists(file)) {
      throw isThere(file);
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
      content.writeTo(out);
      out.flush();
      // A disk may be full only when what it was given is written down.
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(
          part + " is there already: another command writes it, or one was killed; delete it then");
    } catch (IOException e) {
      throw failed(file, part, e);
    }
    try {
      Files.move(part, file);
    } catch (FileAlreadyExistsException e) {
      delete(part, e);
      throw isThere(file);
    } catch (IOException e) {
      throw failed(file, part, e);
    }
  }

  private static UsageException isThere(Path file) {
    return new UsageException(
        file + " is there already: name another file by --output=FILE, or delete it");
  }

  private static UsageException failed(Path file, Path part, IOException e) {
    delete(part, e);
    return new UsageException(
        "%s cannot be written: %s; nothing is left of it"
            .formatted(
                file,
                e instanceof AccessDeniedException
                    ? "your account has no right to write in its folder"
                    : e instanceof NoSuchFileException
                        ? "there is no such folder"
                        : String.valueOf(e.getMessage())));
  }

  private static void delete(Path part, IOException cause) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
