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
import java.util.List;

/** Reads a configuration file as text, or gives one sentence on why that is not possible. */
final class ConfigFile {
  private static final int MAX_BYTES = 1024 * 1024;

  private ConfigFile() {}

  /** The text, without a byte order mark. */
  static String text(Path file) throws ConfigException {
    String name = file.toString();
    byte[] bytes = bytes(file, name);
    // Notepad calls UTF-16 "Unicode" and marks it with U+FEFF in either byte order.
    String mark = bytes.length < 2 ? "" : "%02X%02X".formatted(bytes[0], bytes[1]);
    if (mark.equals("FEFF") || mark.equals("FFFE")) {
      throw broken(name, 1, "is UTF-16, save it as UTF-8");
    }
    if (isUnmarkedUtf16(bytes)) {
      throw broken(name, 1, "is UTF-16 without a byte order mark, save it as UTF-8");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
      throw broken(
          name,
          line,
          "byte 0x%02X is not UTF-8, save the file as UTF-8".formatted(bytes[in.position()]));
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Every second byte of Latin text is 0, in either byte order. */
  private static boolean isUnmarkedUtf16(byte[] bytes) {
    return bytes.length >= 4
        && ((bytes[0] == 0 && bytes[2] == 0 && bytes[1] != 0)
            || (bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0));
  }

  private static byte[] bytes(Path file, String name) throws ConfigException {
    if (Files.isDirectory(file)) {
      throw broken(name, 0, "is a folder, expected a YAML file");
    }
    // A pipe or a device might never end.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw broken(name, 0, "is not a regular file, expected a YAML file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw broken(name, 0, "is larger than 1 MiB, the limit for a configuration file");
      }
      return bytes;
    } catch (IOException e) {
      throw broken(name, 0, sentence(e));
    }
  }

  static String sentence(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (failure instanceof AccessDeniedException) {
      return "cannot be read: the account that runs imf-exporter has no right to read it";
    }
    return "cannot be read: " + failure.getMessage();
  }

  private static ConfigException broken(String file, int line, String sentence) {
    return new ConfigException(List.of(new ConfigError(file, line, "", sentence)));
  }
}
