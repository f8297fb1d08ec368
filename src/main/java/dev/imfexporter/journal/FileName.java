package dev.imfexporter.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a host's file: {@code host-mail01.jsonl} for {@code mail01} and for {@code MAIL01},
 * which the configuration takes for one host too.
 *
 * <p>Characters other than letters, digits, dots, hyphens and underscores are written as in URLs.
 * The prefix avoids the names that <a
 * href="https://learn.microsoft.com/windows/win32/fileio/naming-a-file">Windows reserves</a>.
 */
final class FileName {
  /** Before version 0.1.0, a number in base 16 behind a tilde said which letters are capitals. */
  private static final Pattern FORMAT =
      Pattern.compile("host-(?<name>[a-z0-9._%-]+)(?<capitals>~[0-9a-f]+)?\\.jsonl");

  /** With the endings of a damaged file, a name stays within the 255 bytes of every file system. */
  private static final int LONGEST = 200;

  private FileName() {}

  static String of(String host) {
    String encoded =
        URLEncoder.encode(host.toLowerCase(Locale.ROOT), UTF_8)
            .replace("+", "%20")
            .replace("*", "%2a")
            .toLowerCase(Locale.ROOT);
    return "host-" + (encoded.length() <= LONGEST ? encoded : shortened(encoded)) + ".jsonl";
  }

  /**
   * The host of a file, in lower case; empty for other files. A name that was too long for a file
   * is cut.
   */
  static Optional<String> host(String fileName) {
    Matcher matcher = FORMAT.matcher(fileName);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(URLDecoder.decode(matcher.group("name"), UTF_8));
    } catch (IllegalArgumentException notAnEncodedName) {
      return Optional.empty();
    }
  }

  /** The name that a file with a name of before 0.1.0 has now; empty for other files. */
  static Optional<String> ofFormer(String fileName) {
    Matcher matcher = FORMAT.matcher(fileName);
    return matcher.matches() && matcher.group("capitals") != null
        ? Optional.of("host-" + matcher.group("name") + ".jsonl")
        : Optional.empty();
  }

  private static String shortened(String encoded) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded.getBytes(UTF_8));
      String cut = encoded.substring(0, LONGEST - 17).replaceAll("%.?$", "");
      return cut + "-" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
