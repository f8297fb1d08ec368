package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException;
import java.util.Optional;

/** The names behind the indexes of performance objects and counters: {@code Counter 009}. */
public final class TitleTable {
  private TitleTable() {}

  public static TitleTable parse(byte[] bytes) throws AccessException.Malformed {
    return new TitleTable();
  }

  /** The lowest index that carries this name, compared without case. */
  public Optional<Integer> index(String name) {
    return Optional.empty();
  }

  /** The name of an index. */
  public Optional<String> name(int index) {
    return Optional.empty();
  }
}
