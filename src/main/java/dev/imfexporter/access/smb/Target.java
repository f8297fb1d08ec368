package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import java.time.Duration;

/**
 * A host and how to log in to it.
 *
 * @param host its name or address
 * @param port 445 on every Windows
 * @param gate that all log-ins of the account pass
 * @param timeout of each call; a connection by SMB 2 has five seconds in any case
 */
public record Target(
    String host,
    int port,
    LoginSource login,
    LoginGate gate,
    SmbProtocol protocol,
    Duration timeout) {

  /** Where the account and its password come from. */
  @FunctionalInterface
  public interface LoginSource {
    /** Read anew for every session: the secret may have been changed. */
    Login read() throws AccessException;
  }

  @Override
  public String toString() {
    return port == 445 ? host : host + ":" + port;
  }
}
