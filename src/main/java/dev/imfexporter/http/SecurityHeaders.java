package dev.imfexporter.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** The headers by which browsers protect a reader, on every answer. */
final class SecurityHeaders {
  static final String POLICY = "Content-Security-Policy";

  /** Of what is no page: nothing may be loaded, and nothing may frame it. */
  private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

  private static final Map<String, String> USUAL = usual();

  private SecurityHeaders() {}

  private static Map<String, String> usual() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "deny");
    headers.put(POLICY, NO_PAGE);
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    return headers;
  }

  /**
   * Puts all of them.
   *
   * @param configured which replace those of the same name; an empty one removes it
   */
  static void put(HttpFields.Mutable answer, Map<String, String> configured) {
    USUAL.forEach(answer::put);
    configured.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            answer.remove(name);
          } else {
            answer.put(name, value);
          }
        });
  }

  /** Whether a page may put its own policy: not if the configuration has one. */
  static boolean isNoPages(@Nullable String policy) {
    return NO_PAGE.equals(policy);
  }
}
