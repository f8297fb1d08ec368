package dev.imfexporter.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An account that logs in to hosts.
 *
 * @param name of the section of the configuration
 * @param domain "" for an account of the host itself
 */
public record Auth(String name, String username, String domain, Secret secret) {

  /** Where a password is kept. It is read whenever it is needed, and shown nowhere. */
  public sealed interface Secret {
    /**
     * The password as it is now, for the caller to wipe.
     *
     * @throws IOException with a sentence that names the place and not the secret
     */
    char[] read() throws IOException;
  }

  /** The first line of a file in UTF-8. */
  public record InFile(Path file) implements Secret {
    private static final int MOST = 4096;

    @Override
    public char[] read() throws IOException {
      byte[] bytes = bytes();
      CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
      Arrays.fill(bytes, (byte) 0);
      int end = 0;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      char[] password = new char[end];
      text.get(password);
      text.clear();
      while (text.hasRemaining()) {
        text.put('\0');
      }
      if (end == 0) {
        throw new IOException("the password file " + file + " has no password in its first line");
      }
      return password;
    }

    private static String why(IOException failure) {
      if (failure instanceof NoSuchFileException) {
        return "there is no such file";
      }
      return failure instanceof AccessDeniedException
          ? "the user that runs this program may not read it"
          : failure.getClass().getSimpleName();
    }

    private byte[] bytes() throws IOException {
      try (var in = Files.newInputStream(file)) {
        return in.readNBytes(MOST);
      } catch (IOException e) {
        throw new IOException("the password file " + file + " cannot be read: " + why(e), e);
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
