package dev.imfexporter.config;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An account for logging in to hosts.
 *
 * @param name its key in the section {@code auths}
 * @param domain "" for an account of the host itself
 */
public record Auth(String name, String username, String domain, Secret secret) {

  /** Where a password is kept. */
  public sealed interface Secret {
    /**
     * Reads the password anew; the caller overwrites the array after use.
     *
     * @throws IOException with a sentence that names the place and does not contain the password
     */
    char[] read() throws IOException;
  }

  /** The first line of a file in UTF-8, without a byte order mark. */
  public record InFile(Path file) implements Secret {
    @Override
    public char[] read() throws IOException {
      char[] text = text();
      int end = 0;
      while (end < text.length && text[end] != '\n' && text[end] != '\r') {
        end++;
      }
      char[] password = Arrays.copyOf(text, end);
      Arrays.fill(text, '\0');
      if (end == 0) {
        throw new IOException("the password file " + file + " has no password in its first line");
      }
      if (CharBuffer.wrap(password).chars().anyMatch(c -> c == '\0')) {
        Arrays.fill(password, '\0');
        throw new IOException(
            "the password file " + file + " has a character U+0000, save it as UTF-8");
      }
      return password;
    }

    private char[] text() throws IOException {
      try {
        return new TextFile(file, TextFile.Kind.PASSWORD).read();
      } catch (TextFile.Unusable e) {
        throw new IOException("the password file " + file + " " + e.getMessage(), e);
      }
    }
  }

  /** An environment variable of this program. */
  public record InVariable(String variable) implements Secret {
    @Override
    public char[] read() throws IOException {
      String value = System.getenv(variable);
      if (value == null || value.isEmpty()) {
        throw new IOException("the environment variable " + variable + " is not set");
      }
      return value.toCharArray();
    }
  }
}
