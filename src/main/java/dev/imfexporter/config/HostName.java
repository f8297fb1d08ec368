package dev.imfexporter.config;

import java.util.regex.Pattern;

/** What a host may be called. */
public final class HostName {
  static final Pattern PATTERN = Pattern.compile("[\\p{Alnum}_][\\p{Alnum}._-]{0,252}");

  /** A UNC path cannot hold the colons of an IPv6 address. */
  static final String WANTED =
      "a host name of letters, digits, dots, hyphens and underscores, or an IPv4 address; give a"
          + " host with an IPv6 address a name, in DNS or the hosts file";

  private HostName() {}

  /** Whether a host of any configuration can have this name. */
  public static boolean isPossible(String name) {
    return PATTERN.matcher(name).matches();
  }
}
