package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.RegistryValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of a registry value (<a
 * href="https://learn.microsoft.com/windows/win32/sysinfo/registry-value-types">types</a>), the
 * same through Win32 and through MS-RRP.
 */
public final class RegistryData {
  private static final int REG_SZ = 1;
  private static final int REG_EXPAND_SZ = 2;
  private static final int REG_BINARY = 3;
  private static final int REG_DWORD = 4;
  private static final int REG_MULTI_SZ = 7;
  private static final int REG_QWORD = 11;

  private RegistryData() {}

  /**
   * Decodes a value. Programs may write texts without a NUL. What follows a text's first NUL is
   * left out.
   *
   * @param type the REG_ constant; a type that has no record of its own becomes {@link
   *     RegistryValue.Other}
   * @throws AccessException.Malformed if the bytes cannot be of that type
   */
  public static RegistryValue decode(int type, byte[] data) throws AccessException.Malformed {
    return switch (type) {
      case REG_SZ, REG_EXPAND_SZ -> new RegistryValue.Text(upToNul(characters(type, data), 0));
      case REG_MULTI_SZ -> new RegistryValue.Texts(texts(characters(type, data)));
      case REG_BINARY -> new RegistryValue.Binary(HexFormat.of().formatHex(data));
      case REG_DWORD ->
          new RegistryValue.Numeric(
              Integer.toUnsignedLong(number(type, data, Integer.BYTES).getInt()));
      case REG_QWORD -> new RegistryValue.Numeric(number(type, data, Long.BYTES).getLong());
      default -> new RegistryValue.Other(type, data.length);
    };
  }

  private static String characters(int type, byte[] data) throws AccessException.Malformed {
    if (data.length % 2 != 0) {
      throw new AccessException.Malformed(
          "A text (registry type " + type + ") has an odd number of bytes: " + data.length);
    }
    return new String(data, StandardCharsets.UTF_16LE);
  }

  private static String upToNul(String characters, int from) {
    int end = characters.indexOf('\0', from);
    return characters.substring(from, end < 0 ? characters.length() : end);
  }

  /** Texts that each end in NUL; an empty one ends the list. */
  private static List<String> texts(String characters) {
    List<String> texts = new ArrayList<>();
    int at = 0;
    while (at < characters.length() && characters.charAt(at) != '\0') {
      String text = upToNul(characters, at);
      texts.add(text);
      at += text.length() + 1;
    }
    return texts;
  }

  private static ByteBuffer number(int type, byte[] data, int size)
      throws AccessException.Malformed {
    if (data.length != size) {
      throw new AccessException.Malformed(
          "A number (registry type " + type + ") has " + data.length + " bytes, want " + size);
    }
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }
}
