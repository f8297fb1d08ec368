package dev.imfexporter.websecurity;

import java.util.Optional;

/**
 * How a client makes sure of a server, and shows who it is.
 *
 * @param tls empty for the authorities that Java trusts, and no certificate of the client
 * @param login empty for none
 */
public record ClientSecurity(Optional<ClientTls> tls, Optional<BasicLogin> login) {
  public static final ClientSecurity NONE = new ClientSecurity(Optional.empty(), Optional.empty());
}
