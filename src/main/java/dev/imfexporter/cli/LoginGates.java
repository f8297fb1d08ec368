package dev.imfexporter.cli;

import dev.imfexporter.access.smb.LoginGate;
import dev.imfexporter.config.Auth;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gate of each section of {@code auths}, which outlives a reload of the configuration.
 * Thread-safe.
 */
final class LoginGates {
  private final Map<Auth, LoginGate> gates = new ConcurrentHashMap<>();

  /** The one gate of that section. */
  LoginGate of(Auth auth) {
    return gates.computeIfAbsent(auth, LoginGates::gate);
  }

  private static LoginGate gate(Auth auth) {
    boolean ofDomain = !auth.domain().isEmpty();
    String account = ofDomain ? auth.domain() + "\\" + auth.username() : auth.username();
    return new LoginGate(account, ofDomain, System::nanoTime);
  }

  /** By the name of the account's section, whether any host is kept from being asked. */
  Map<String, Boolean> blocked() {
    Map<String, Boolean> blocked = new TreeMap<>();
    gates.forEach((auth, gate) -> blocked.merge(auth.name(), gate.blocked(), Boolean::logicalOr));
    return blocked;
  }

  /** Forgets those that the configuration has no more. */
  void retain(Collection<Auth> auths) {
    gates.keySet().retainAll(auths);
  }
}
