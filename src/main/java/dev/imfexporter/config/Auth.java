package dev.imfexporter.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

  /** The first line of a file in UTF-8. */
  public record InFile(Path file) implements Secret {
    private static final int MAX_BYTES = 4096;

    @Override
    public char[] read() throws IOException {
      byte[] bytes = bytes();
      CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
      Arrays.fill(bytes, (byte) 0);
      int end = 0;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      char[] password = Arrays.copyOf(text.array(), end);
      Arrays.fill(text.array(), '\0');
      if (end == 0) {
        throw new IOException("the password file " + file + " has no password in its first line");
      }
      return password;
    }

    private byte[] bytes() throws IOException {
      try (var in = Files.newInputStream(file)) {
        return in.readNBytes(MAX_BYTES);
      } catch (IOException e) {
        throw new IOException("the password file " + file + " " + ConfigFile.sentence(e), e);
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
