package dev.imfexporter.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The style sheet, which is inlined in each page, and the policy that allows it. */
public final class PageStyle {
  private static final String SHEET = load();
  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + Base64.getEncoder().encodeToString(Sha256.of(SHEET))
          + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private PageStyle() {}

  static String sheet() {
    return SHEET;
  }

  /** Allows the sheet alone, by its digest (W3C Content Security Policy Level 3). */
  public static String contentSecurityPolicy() {
    return POLICY;
  }

  private static String load() {
    try (InputStream css = PageStyle.class.getResourceAsStream("page.css")) {
      if (css == null) {
        throw new IllegalStateException("page.css is missing from the program's jar");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
