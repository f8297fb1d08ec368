package dev.imfexporter.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of an exporter: {@code http} or {@code https}, a host, perhaps a port and the prefix
 * of its routes, and nothing else.
 */
record ExporterUrl(URI uri) {
  private static final int LAST_PORT = 65_535;

  /** Behind the machine and perhaps a prefix. */
  private static final Pattern PAGE =
      Pattern.compile(
          "//[^/?#]+[^?#]*?"
              + "(?<page>/(hosts|runbooks|updates|api|config|debug|metrics|probe|sd|-)([/?#].*)?)$");

  /**
   * @throws IllegalArgumentException with a sentence that says what is wrong, and how a right one
   *     looks; it repeats no password
   */
  ExporterUrl {
    Optional<String> wrong = wrong(uri);
    if (wrong.isPresent()) {
      throw new IllegalArgumentException(want(uri.toString(), wrong.get()));
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException as the constructor does
   */
  static ExporterUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      String why =
          text.contains("://")
              ? "it names no machine, or has a character that an address cannot have"
              : withoutScheme();
      throw new IllegalArgumentException(want(text, why), e);
    }
    return new ExporterUrl(uri);
  }

  private static Optional<String> wrong(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String authority = uri.getRawAuthority();
    if (uri.getRawUserInfo() != null || (authority != null && authority.contains("@"))) {
      return Optional.of(
          "a user and a password belong into a file, which is named by --http.config.file");
    }
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.of(withoutScheme());
    }
    if (uri.getHost() == null) {
      return Optional.of("it names no machine that can be looked up, or a port that is no number");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      return Optional.of("a port is a number from 1 to " + LAST_PORT);
    }
    return uri.getRawQuery() != null || uri.getRawFragment() != null
        ? Optional.of(
            page(uri).map(ExporterUrl::leaveOff).orElse("leave out what follows from ? or # on"))
        : Optional.empty();
  }

  /**
   * What to change in an address that may be that of a page; empty where no part of it is the path
   * of one. A prefix may have such a name, so ask only if nothing is found there.
   */
  Optional<String> advice() {
    return page(uri).map(ExporterUrl::leaveOff);
  }

  private static String leaveOff(String page) {
    return "it is the address of a page; leave off " + page;
  }

  /** The path of a page, and what follows. */
  private static Optional<String> page(URI uri) {
    Matcher page = PAGE.matcher(uri.toString());
    return page.find() ? Optional.of(page.group("page")) : Optional.empty();
  }

  private static String withoutScheme() {
    return "it begins with neither http:// nor https://";
  }

  private static String want(String text, String why) {
    String given = text.contains("@") ? "this" : "'" + text + "'";
    return "want the address of an exporter, such as %s, not %s: %s"
        .formatted(ListenAddress.DEFAULT_URL, given, why);
  }

  /** Of a page of the exporter; {@code path} begins with a slash. */
  URI page(String path) {
    String text = uri.toString();
    return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
  }

  boolean isEncrypted() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
