package dev.imfexporter.cli;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen for HTTP.
 *
 * @param host a name or an address, IPv6 without brackets; empty for every address of this machine
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {
  /** Where an exporter listens by default. */
  static final String DEFAULT = ":10747";

  /** Where a browser on the same machine finds an exporter that listens there. */
  static final String DEFAULT_URL = "http://localhost" + DEFAULT;

  private static final Pattern FORMAT =
      Pattern.compile(
          "(?:\\[(?<ipv6>[0-9A-Fa-f:.]+(?:%\\w+)?)]|(?<name>[\\w.-]*)):(?<port>\\d{1,5})");

  /**
   * Reads {@code host:port}, {@code [ipv6]:port} or {@code :port}.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static ListenAddress parse(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "want host:port, [ipv6]:port or :port, such as %s, not '%s'".formatted(DEFAULT, text));
    }
    int port = Integer.parseInt(matcher.group("port"));
    if (port > 65535) {
      throw new IllegalArgumentException("want a port from 0 to 65535, not " + port);
    }
    String ipv6 = matcher.group("ipv6");
    return new ListenAddress(ipv6 == null ? matcher.group("name") : ipv6, port);
  }

  /** To bind to; unresolved if the name is not known. */
  InetSocketAddress socketAddress() {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  /**
   * Where a browser on this machine finds it.
   *
   * @param scheme http or https
   * @param actual the port that is listened on
   */
  String url(String scheme, int actual) {
    return scheme + "://" + new ListenAddress(host.isEmpty() ? "localhost" : host, actual);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
