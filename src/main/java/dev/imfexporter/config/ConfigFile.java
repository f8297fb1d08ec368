package dev.imfexporter.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Gets the text of a configuration file, or says in one sentence why it cannot. */
final class ConfigFile {
  private static final int MAX_BYTES = 1024 * 1024;

  private ConfigFile() {}

  /** The text without a byte order mark, made of characters that YAML allows. */
  static String text(Path file) throws ConfigException {
    String text = decode(file.toString(), bytes(file));
    rejectControlCharacters(file.toString(), text);
    return text;
  }

  private static byte[] bytes(Path file) throws ConfigException {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw broken(name, 0, "is a folder, want a YAML file");
    }
    // A pipe or a device might never end.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw broken(name, 0, "is no regular file, want a YAML file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw broken(name, 0, "is larger than 1 MiB, so it is hardly a configuration file");
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

  private static String decode(String file, byte[] bytes) throws ConfigException {
    // Notepad calls UTF-16 "Unicode" and marks it so.
    if (bytes.length >= 2
        && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
            || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF))) {
      throw broken(file, 1, "is UTF-16, save it as UTF-8");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    String text = out.toString();
    if (result.isError()) {
      String sentence =
          "byte 0x%02X is not UTF-8, save the file as UTF-8".formatted(bytes[in.position()]);
      throw broken(file, lineOf(text, text.length()), sentence);
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** See <a href="https://yaml.org/spec/1.1/#id868524">YAML 1.1, section 4.1</a>. */
  private static void rejectControlCharacters(String file, String text) throws ConfigException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed =
          c == '\t' || c == '\n' || c == '\r' || c == '\u0085' || !Character.isISOControl(c);
      if (!allowed || c == '\uFFFE' || c == '\uFFFF' || c == '\uFEFF') {
        String sentence = "character U+%04X is not allowed in YAML".formatted((int) c);
        throw broken(file, lineOf(text, i), sentence);
      }
    }
  }

  private static int lineOf(String text, int position) {
    return 1 + (int) text.chars().limit(position).filter(c -> c == '\n').count();
  }

  private static ConfigException broken(String file, int line, String sentence) {
    return new ConfigException(List.of(new ConfigError(file, line, "", sentence)));
  }
}
