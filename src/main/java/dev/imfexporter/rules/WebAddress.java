package dev.imfexporter.rules;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses of web sites on the command line. */
final class WebAddress {
  private WebAddress() {}

  /**
   * Throws IllegalArgumentException unless it is the address of a page.
   *
   * @param text as it was given
   * @param filled the text without its placeholders
   */
  static void check(String text, String filled, String example) {
    try {
      URI address = new URI(filled);
      String scheme = String.valueOf(address.getScheme());
      if ((scheme.equals("http") || scheme.equals("https")) && address.getHost() != null) {
        return;
      }
    } catch (URISyntaxException e) {
      // Answered below, like an address of another kind.
    }
    throw new IllegalArgumentException(
        "want an address that begins with http:// or https://, such as %s, not '%s'"
            .formatted(example, text));
  }
}
