package dev.imfexporter.http;

import dev.imfexporter.page.Site;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where and what the server answers.
 *
 * @param addresses at least one; port 0 takes a free one
 * @param routePrefix in front of each path, such as {@code /imf}; "" for none
 * @param site where browsers find the pages; differs from the prefix behind a proxy that removes it
 * @param external the address of that proxy, if it was named
 * @param lifecycle whether the configuration may be reloaded by a request
 * @param mostConnections open at once
 */
public record WebSettings(
    List<InetSocketAddress> addresses,
    String routePrefix,
    Site site,
    Optional<URI> external,
    boolean lifecycle,
    int mostConnections) {
  /** As many as Prometheus itself keeps open by default. */
  public static final int USUAL_CONNECTIONS = 512;

  public WebSettings {
    addresses = List.copyOf(addresses);
  }

  /** Every default but the address. */
  public static WebSettings at(InetSocketAddress address) {
    return new WebSettings(
        List.of(address), "", Site.USUAL, Optional.empty(), false, USUAL_CONNECTIONS);
  }
}
