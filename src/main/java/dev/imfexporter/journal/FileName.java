package dev.imfexporter.journal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a host's file: {@code mail01} lies in {@code host-mail01.jsonl}, {@code MAIL01} in
 * {@code host-mail01~f.jsonl}.
 *
 * <p>Windows takes names that differ in case for one, so capitals are told by a number in base 16
 * whose bit {@code i} stands for the character {@code i}. Other characters than letters, digits,
 * dots, hyphens and underscores are written as in URLs. The prefix keeps clear of names that <a
 * href="https://learn.microsoft.com/windows/win32/fileio/naming-a-file">Windows reserves</a>.
 */
final class FileName {
  private static final Pattern FORMAT =
      Pattern.compile("host-(?<name>[a-z0-9._%-]+)(?:~(?<capitals>[0-9a-f]+))?\\.jsonl");

  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789._-";

  /** With the endings of a damaged file, a name stays within the 255 bytes of every file system. */
  private static final int LONGEST = 200;

  private FileName() {}

  static String of(String host) {
    StringBuilder name = new StringBuilder();
    BigInteger capitals = BigInteger.ZERO;
    byte[] bytes = host.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xFF);
      if (c >= 'A' && c <= 'Z') {
        capitals = capitals.setBit(i);
        name.append((char) (c + 'a' - 'A'));
      } else if (PLAIN.indexOf(c) >= 0) {
        name.append(c);
      } else {
        name.append('%').append(HexFormat.of().toHexDigits(bytes[i]));
      }
    }
    String encoded =
        name + (capitals.signum() == 0 ? "" : "~" + capitals.toString(16).toLowerCase(Locale.ROOT));
    return "host-" + (encoded.length() <= LONGEST ? encoded : shortened(encoded)) + ".jsonl";
  }

  /** The host of a file; empty for other files. The name of a host that is too long is cut. */
  static Optional<String> host(String fileName) {
    Matcher matcher = FORMAT.matcher(fileName);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String capitals = matcher.group("capitals");
    return decoded(
        matcher.group("name"), capitals == null ? BigInteger.ZERO : new BigInteger(capitals, 16));
  }

  private static Optional<String> decoded(String name, BigInteger capitals) {
    byte[] bytes = new byte[name.length()];
    int length = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '%') {
        if (i + 2 >= name.length() || !name.substring(i + 1, i + 3).matches("[0-9a-f]{2}")) {
          return Optional.empty();
        }
        bytes[length] = (byte) HexFormat.fromHexDigits(name, i + 1, i + 3);
        i += 2;
      } else {
        bytes[length] = (byte) (capitals.testBit(length) ? Character.toUpperCase(c) : c);
      }
      length++;
    }
    return Optional.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
  }

  private static String shortened(String encoded) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(encoded.getBytes(StandardCharsets.US_ASCII));
      String cut = encoded.substring(0, LONGEST - 17).replaceAll("~.*|%.?$", "");
      return cut + "-" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
