package dev.imfexporter.config;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * An account for logging in to hosts.
 *
 * @param name its key in the section {@code auths}
 */
public record Auth(String name, String username, Method method) {

  /** How the account logs in. */
  public sealed interface Method {}

  /**
   * By NTLM.
   *
   * @param domain "" for an account of the host itself
   */
  public record Ntlm(String domain, Secret password) implements Method {}

  /**
   * By Kerberos (RFC 4120).
   *
   * @param realm in capitals
   * @param spn of the host's service, in which {@code {host}} stands for the host's name, with or
   *     without a realm behind an at sign; empty for {@code cifs/{host}}
   * @param fallback what to log in with where Kerberos does not do; empty to fail instead
   */
  public record Kerberos(String realm, Proof proof, Optional<String> spn, Optional<Ntlm> fallback)
      implements Method {}

  /** What proves to the KDC who logs in. */
  public sealed interface Proof {}

  /** A password. */
  public record Password(Secret secret) implements Proof {}

  /** A file with the account's keys, as ktpass and ktutil write it. */
  public record Keytab(Path file) implements Proof {
    /**
     * Reads the file anew; the caller overwrites the array after use.
     *
     * @throws IOException with a sentence that names the file
     */
    public byte[] read() throws IOException {
      return bytes("the keytab file", file, TextFile.Kind.KEYTAB);
    }
  }

  /** A file of tickets that another program, such as kinit or k5start, keeps fresh. */
  public record TicketCache(Path file) implements Proof {
    /** As {@link Keytab#read}. */
    public byte[] read() throws IOException {
      return bytes("the ticket cache", file, TextFile.Kind.TICKET_CACHE);
    }
  }

  private static byte[] bytes(String what, Path file, TextFile.Kind kind) throws IOException {
    try {
      return new TextFile(file, kind).bytes();
    } catch (TextFile.Unusable e) {
      throw new IOException(what + " " + file + " " + e.getMessage(), e);
    }
  }

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
