package dev.imfexporter.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;

/**
 * A small file of a user: a text in UTF-8, or the bytes of a secret. A pipe or a device, which
 * might never end, is refused before it is opened.
 */
record TextFile(Path path, Kind kind) {

  /** What a file is for. */
  enum Kind {
    CONFIGURATION(1024 * 1024, "1 MiB, the limit for a configuration file", "a YAML file"),
    /** No error repeats a byte of it. */
    PASSWORD(4096, "4 KiB, the limit for a password file", "a file whose first line is a password"),
    KEYTAB(1024 * 1024, "1 MiB, the limit for a keytab file", "a keytab"),
    TICKET_CACHE(1024 * 1024, "1 MiB, the limit for a ticket cache", "a cache of tickets");

    private final int most;
    private final String limit;
    private final String want;

    Kind(int most, String limit, String want) {
      this.most = most;
      this.limit = limit;
      this.want = want;
    }
  }

  /** Why a file cannot be used, in a sentence without its subject, the file. */
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    private final int line;

    private Unusable(int line, String sentence) {
      super(sentence);
      this.line = line;
    }

    /** From 1; 0 for the file as a whole. */
    int line() {
      return line;
    }
  }

  /**
   * The text of a configuration file.
   *
   * @throws ConfigException that says why it cannot be read
   */
  static String configuration(Path path) throws ConfigException {
    try {
      return String.valueOf(new TextFile(path, Kind.CONFIGURATION).read());
    } catch (Unusable e) {
      throw new ConfigException(
          List.of(new ConfigError(path.toString(), e.line(), "", String.valueOf(e.getMessage()))));
    }
  }

  /** The text, without a byte order mark; the caller may overwrite it. */
  char[] read() throws Unusable {
    byte[] bytes = bytes();
    try {
      return text(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Whether every account of this machine may read the file; false where Windows decides that. */
  private boolean isReadableByAll() {
    try {
      return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Warns at a key if every account may read the file.
   *
   * @param what the file is, without its name
   */
  void warnOfReaders(String what, Fields keys, String key) {
    if (isReadableByAll()) {
      keys.warn(
          key,
          "every account of this machine can read the %s %s: set its mode to 0600"
              .formatted(what, path));
    }
  }

  /** What is in it; the caller may overwrite it. */
  byte[] bytes() throws Unusable {
    if (Files.isDirectory(path)) {
      throw new Unusable(0, "is a folder, expected " + kind.want);
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new Unusable(0, "is not a regular file, expected " + kind.want);
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(kind.most + 1);
      if (bytes.length > kind.most) {
        throw new Unusable(0, "is larger than " + kind.limit);
      }
      return bytes;
    } catch (Unusable e) {
      throw e;
    } catch (IOException e) {
      throw new Unusable(0, sentence(e));
    }
  }

  /** The end of a sentence about a file that cannot be read. */
  static String sentence(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "does not exist";
    }
    return failure instanceof AccessDeniedException
        ? "cannot be read: the account that runs imf-exporter has no right to read it"
        : "cannot be read: " + failure.getMessage();
  }

  /** Every second byte of Latin text is 0, in either byte order. */
  private static boolean isUnmarkedUtf16(byte[] bytes) {
    return bytes.length >= 4
        && ((bytes[0] == 0 && bytes[2] == 0 && bytes[1] != 0)
            || (bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0));
  }

  private char[] text(byte[] bytes) throws Unusable {
    // Notepad calls UTF-16 "Unicode" and marks it with U+FEFF in either byte order.
    String mark = bytes.length < 2 ? "" : "%02X%02X".formatted(bytes[0], bytes[1]);
    if (mark.equals("FEFF") || mark.equals("FFFE")) {
      throw new Unusable(1, "is UTF-16, save it as UTF-8");
    }
    if (isUnmarkedUtf16(bytes)) {
      throw new Unusable(1, "is UTF-16 without a byte order mark, save it as UTF-8");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    out.flip();
    int start = out.length() > 0 && out.charAt(0) == '\uFEFF' ? 1 : 0;
    char[] text = Arrays.copyOfRange(out.array(), start, Math.max(start, out.limit()));
    Arrays.fill(out.array(), '\0');
    if (result.isError()) {
      int line = 1 + (int) CharBuffer.wrap(text).chars().filter(c -> c == '\n').count();
      Arrays.fill(text, '\0');
      throw new Unusable(
          line,
          kind == Kind.PASSWORD
              ? "is not UTF-8, save it as UTF-8"
              : "byte 0x%02X is not UTF-8, save the file as UTF-8".formatted(bytes[in.position()]));
    }
    return text;
  }
}
