package dev.imfexporter.access;

import java.util.List;

/**
 * A typed registry value (<a
 * href="https://learn.microsoft.com/windows/win32/sysinfo/registry-value-types">page</a>).
 */
public sealed interface RegistryValue {

  /** What the value is, for an error message: {@code the number 7}. */
  String describe();

  /** REG_SZ, or REG_EXPAND_SZ unexpanded. */
  record Text(String value) implements RegistryValue {
    @Override
    public String describe() {
      return "the text \"" + value + "\"";
    }
  }

  /** REG_DWORD or REG_QWORD, unsigned. */
  record Numeric(long value) implements RegistryValue {
    @Override
    public String describe() {
      return "the number " + Long.toUnsignedString(value);
    }
  }

  /** REG_MULTI_SZ. */
  record Texts(List<String> values) implements RegistryValue {
    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public String describe() {
      return "a list of " + values.size() + " texts";
    }
  }

  /**
   * REG_BINARY.
   *
   * @param hex its bytes, two digits each, lower case
   */
  record Binary(String hex) implements RegistryValue {
    @Override
    public String describe() {
      return hex.length() / 2 + " bytes";
    }
  }

  /**
   * Any other type.
   *
   * @param type the REG_ constant
   * @param bytes how many
   */
  record Other(int type, int bytes) implements RegistryValue {
    @Override
    public String describe() {
      return bytes + " bytes of type " + type;
    }
  }
}
