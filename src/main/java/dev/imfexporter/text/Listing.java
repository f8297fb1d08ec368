package dev.imfexporter.text;

import java.util.List;

/** Names in a sentence. */
public final class Listing {
  /** How many are named. */
  public static final int MOST = 5;

  private Listing() {}

  /**
   * All of them: {@code A, B and C}.
   *
   * @param names at least one
   */
  public static String all(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** The first five, and how many more there are; "" without any. */
  public static String some(List<String> names) {
    int more = names.size() - MOST;
    return String.join(", ", names.subList(0, Math.min(MOST, names.size())))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }
}
