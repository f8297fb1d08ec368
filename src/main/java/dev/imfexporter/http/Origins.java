package dev.imfexporter.http;

import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * Tells requests that a page of another site made, in the browser of an administrator, from all
 * others: browsers say so in <a
 * href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Sec-Fetch-Site</a> and in
 * Origin (RFC 6454). Programs send neither.
 */
final class Origins {
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final Optional<URI> external;

  /**
   * @param external the address by which browsers reach the exporter, if a proxy has another one
   */
  Origins(Optional<URI> external) {
    this.external = external;
  }

  boolean isForeign(Context request) {
    String site = request.header("Sec-Fetch-Site");
    String origin = request.header("Origin");
    return (site != null && !OWN.contains(site)) || (origin != null && !isOwn(origin, request));
  }

  private boolean isOwn(String origin, Context request) {
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority != null
          && (authority.equalsIgnoreCase(request.host())
              || external
                  .filter(own -> authority.equalsIgnoreCase(own.getRawAuthority()))
                  .isPresent());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
