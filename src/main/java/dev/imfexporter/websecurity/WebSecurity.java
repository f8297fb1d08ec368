package dev.imfexporter.websecurity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the HTTP server is protected.
 *
 * @param tls empty for plain HTTP
 * @param headers of every answer
 * @param limit of requests; empty for none
 * @param files what it was read from: it is read again when one of them changes
 */
public record WebSecurity(
    Optional<ServerTls> tls,
    Map<String, String> headers,
    Passwords passwords,
    Optional<TokenBucket> limit,
    List<Path> files) {

  /** Plain HTTP for everyone. */
  public static final WebSecurity NONE =
      new WebSecurity(
          Optional.empty(), Map.of(), new Passwords(Map.of()), Optional.empty(), List.of());

  public WebSecurity {
    headers = Map.copyOf(headers);
    files = List.copyOf(files);
  }

  /** The same, where the passwords that were checked before are known. */
  WebSecurity after(WebSecurity before) {
    return new WebSecurity(tls, headers, passwords.withResultsOf(before.passwords()), limit, files);
  }

  /** The files of a configuration: its own, and those that its TLS names. */
  public static List<Path> files(Path own, Optional<TlsSettings> tls) {
    List<Path> files = new ArrayList<>(List.of(own));
    for (Pem source : tls.map(TlsSettings::sources).orElse(List.of())) {
      if (source instanceof Pem.InFile in) {
        files.add(in.file());
      }
    }
    return files;
  }
}
