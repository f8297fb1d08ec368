package dev.imfexporter.access;

import java.time.Instant;
import java.util.Optional;

/** HKEY_LOCAL_MACHINE of a host. Keys and value names compare without case. */
public interface Registry {

  /**
   * Which half of the registry a 64-bit Windows shows (<a
   * href="https://learn.microsoft.com/windows/win32/winprog64/accessing-an-alternate-registry-view">
   * page</a>); the two are the same on a 32-bit Windows.
   */
  enum View {
    BITS_64,
    BITS_32
  }

  /** A value of a key; empty when the key or the value does not exist. */
  Optional<RegistryValue> value(View view, String key, String name) throws AccessException;

  /**
   * When the key or one of its values was last written; empty when the key does not exist or the
   * host does not report it.
   */
  Optional<Instant> lastWritten(View view, String key) throws AccessException;

  /**
   * Calls {@code changed} on a thread of the access after every change of the key's values or of a
   * key below it, and after its creation and deletion.
   *
   * @throws AccessException.Unsupported if this access cannot push changes
   */
  Subscription onChange(View view, String key, Runnable changed) throws AccessException;
}
