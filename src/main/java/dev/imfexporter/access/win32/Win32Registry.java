package dev.imfexporter.access.win32;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.win32.RegistryKey.Right;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HKEY_LOCAL_MACHINE of this or another machine. Thread-safe: each call opens and closes its own
 * keys.
 */
final class Win32Registry implements Registry, AutoCloseable {
  private final @Nullable String machine;
  private final OpenSubscriptions watches = new OpenSubscriptions();

  /**
   * @param machine {@code \\name}, or null for this machine
   */
  Win32Registry(@Nullable String machine) {
    this.machine = machine;
  }

  @Override
  public Optional<RegistryValue> value(View view, String key, String name) throws AccessException {
    try (RegistryKey open = open(view, key)) {
      return open == null ? Optional.empty() : open.value(name);
    }
  }

  @Override
  public Optional<Instant> lastWritten(View view, String key) throws AccessException {
    try (RegistryKey open = open(view, key)) {
      return open == null ? Optional.empty() : open.lastWritten();
    }
  }

  private @Nullable RegistryKey open(View view, String key) throws AccessException {
    return RegistryKey.open(machine, view, key, Right.KEY_QUERY_VALUE).orElse(null);
  }

  @Override
  public Subscription onChange(View view, String key, Runnable changed) throws AccessException {
    if (machine != null) {
      throw new AccessException.Unsupported(
          "Windows reports registry changes only on the machine itself");
    }
    return watches.add(RegistryWatch.start(view, key, changed));
  }

  @Override
  public void close() {
    watches.close();
  }
}
