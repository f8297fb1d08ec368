package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import java.time.Duration;

/**
 * A host and how to log in to it.
 *
 * @param host its name or address
 * @param port 445 on every Windows
 * @param gate of all log-ins with the account
 * @param timeout of each call, and of each step of opening a session
 */
public record SmbHostConfig(
    String host,
    int port,
    LoginSource login,
    LoginGate gate,
    SmbProtocol protocol,
    Duration timeout) {

  /** The source of the account and its password. */
  @FunctionalInterface
  public interface LoginSource {
    /** Called for every session, since the secret may have changed. */
    Credentials read() throws AccessException;
  }

  @Override
  public String toString() {
    return port == 445 ? host : host + ":" + port;
  }
}
