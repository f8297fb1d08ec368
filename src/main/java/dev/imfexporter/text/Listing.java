package dev.imfexporter.text;

import java.util.List;

/** Names in a sentence. */
public final class Listing {
  /** How many are named. */
  public static final int MOST = 5;

  private Listing() {}

  /** The first five, and how many more there are; "" without any. */
  public static String some(List<String> names) {
    int more = names.size() - MOST;
    return String.join(", ", names.subList(0, Math.min(MOST, names.size())))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }
}
