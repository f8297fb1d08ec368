package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of performance objects and counters by their indexes: the REG_MULTI_SZ {@code Counter
 * 009} in UTF-16LE, which alternates index and name (<a
 * href="https://learn.microsoft.com/windows/win32/perfctrs/retrieving-counter-names-and-help-text">
 * page</a>). Immutable.
 */
public final class TitleTable {
  /** Several times what any Windows has; bounds the memory that a table takes. */
  private static final int MAX_NAMES = 1 << 16;

  private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

  private final Map<Integer, String> names;
  private final Map<String, Integer> indexes;

  private TitleTable(Map<Integer, String> names) {
    this.names = names;
    indexes = new HashMap<>();
    names.forEach((index, name) -> indexes.merge(key(name), index, Math::min));
  }

  /**
   * Reads up to the first empty text in the place of an index, or to the end of the bytes; the
   * terminators that close the list may be missing. Of an index that comes twice the first name
   * counts.
   *
   * @throws Malformed if an index is not a number or has no name, half a character is left over, or
   *     there are more than 65,536 names
   */
  public static TitleTable parse(byte[] bytes) throws Malformed {
    if (bytes.length % Character.BYTES != 0) {
      throw new Malformed("Table of names: %d bytes, want an even number".formatted(bytes.length));
    }
    String table = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().toString();
    Map<Integer, String> names = new HashMap<>();
    int at = 0;
    while (at < table.length() && table.charAt(at) != '\0') {
      int indexEnd = end(table, at);
      int index = index(table.substring(at, indexEnd), at);
      int nameAt = indexEnd + 1;
      if (nameAt >= table.length()) {
        throw new Malformed(
            "Table of names: index %d at byte %d has no name"
                .formatted(index, at * Character.BYTES));
      }
      int nameEnd = end(table, nameAt);
      names.putIfAbsent(index, table.substring(nameAt, nameEnd));
      if (names.size() > MAX_NAMES) {
        throw new Malformed("Table of names: more than " + MAX_NAMES + " names");
      }
      at = nameEnd + 1;
    }
    return new TitleTable(names);
  }

  /** The lowest index that carries this name, compared without case. */
  public Optional<Integer> index(String name) {
    return Optional.ofNullable(indexes.get(key(name)));
  }

  /** The name of an index. */
  public Optional<String> name(int index) {
    return Optional.ofNullable(names.get(index));
  }

  private static int end(String table, int from) {
    int nul = table.indexOf('\0', from);
    return nul < 0 ? table.length() : nul;
  }

  private static int index(String text, int at) throws Malformed {
    if (!INDEX.matcher(text).matches()) {
      throw new Malformed(
          "Table of names: index %s at byte %d is not a number from 0 to 999999999"
              .formatted(Quoted.text(text), at * Character.BYTES));
    }
    return Integer.parseInt(text);
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
