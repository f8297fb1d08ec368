package dev.imfexporter.websecurity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where certificates or a key in PEM (RFC 7468) stand. */
public sealed interface Pem {
  /**
   * Reads the text anew.
   *
   * @throws IOException with a sentence that names the place
   */
  String read() throws IOException;

  /** In a file, which may be replaced at any time. */
  record InFile(Path file) implements Pem {
    private static final int MOST = 1024 * 1024;

    @Override
    public String read() throws IOException {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new IOException("the file " + file + " is not a regular file");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MOST + 1);
        if (bytes.length > MOST) {
          throw new IOException("the file " + file + " is larger than 1 MiB");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
      } catch (NoSuchFileException e) {
        throw new IOException("the file " + file + " does not exist", e);
      } catch (AccessDeniedException e) {
        throw new IOException(
            "the file " + file + " cannot be read: the account that runs imf-exporter has no right",
            e);
      }
    }

    @Override
    public String toString() {
      return "the file " + file;
    }
  }

  /** In the configuration itself. */
  record Inline(String text) implements Pem {
    @Override
    public String read() {
      return text;
    }

    /** Without the text, which may be a key. */
    @Override
    public String toString() {
      return "the text";
    }
  }
}
