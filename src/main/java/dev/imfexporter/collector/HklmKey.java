package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import java.time.Instant;
import java.util.Optional;

/**
 * A key of HKEY_LOCAL_MACHINE, read from the first view of the registry that has the value or key:
 * Exchange 2003 is a 32-bit program, whose keys are in the 32-bit view on a 64-bit Windows.
 */
record HklmKey(Registry registry, String path) {

  /** Empty if the key or the value does not exist. */
  Optional<RegistryValue> value(String name) throws AccessException {
    for (View view : View.values()) {
      Optional<RegistryValue> value = registry.value(view, path, name);
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  /**
   * As {@link #value}.
   *
   * @throws AccessException.Malformed if the value is not a text
   */
  Optional<String> text(String name) throws AccessException {
    return typed(name, RegistryValue.Text.class, "a text (REG_SZ)").map(RegistryValue.Text::value);
  }

  /**
   * As {@link #value}.
   *
   * @throws AccessException.Malformed if the value is not a number
   */
  Optional<Long> number(String name) throws AccessException {
    return typed(name, RegistryValue.Numeric.class, "a number (REG_DWORD)")
        .map(RegistryValue.Numeric::value);
  }

  /**
   * As {@link #value}.
   *
   * @return its bytes as hexadecimal digits
   * @throws AccessException.Malformed if the value is not binary
   */
  Optional<String> binary(String name) throws AccessException {
    return typed(name, RegistryValue.Binary.class, "bytes (REG_BINARY)")
        .map(RegistryValue.Binary::hex);
  }

  /** When it was last written, by the host's clock; empty if the key does not exist. */
  Optional<Instant> written() throws AccessException {
    for (View view : View.values()) {
      Optional<Instant> written = registry.lastWritten(view, path);
      if (written.isPresent()) {
        return written;
      }
    }
    return Optional.empty();
  }

  /** As {@link #written()}, of the view that has the value. */
  Optional<Instant> written(String name) throws AccessException {
    for (View view : View.values()) {
      if (registry.value(view, path, name).isPresent()) {
        return registry.lastWritten(view, path);
      }
    }
    return Optional.empty();
  }

  private <V extends RegistryValue> Optional<V> typed(String name, Class<V> type, String expected)
      throws AccessException {
    Optional<RegistryValue> value = value(name);
    if (value.isPresent() && !type.isInstance(value.get())) {
      throw new AccessException.Malformed(
          "HKLM\\%s\\%s is %s, expected %s"
              .formatted(path, name, value.get().describe(), expected));
    }
    return value.map(type::cast);
  }
}
