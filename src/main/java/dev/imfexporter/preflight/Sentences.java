package dev.imfexporter.preflight;

import java.util.List;

/** Pieces of sentences. */
final class Sentences {
  private Sentences() {}

  /** A text of another part of the program, which may or may not end with a full stop. */
  static String closed(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  static String count(long number, String one, String many) {
    return number == 1 ? "1 " + one : number + " " + many;
  }

  /** The first five, and how many more there are. */
  static String some(List<String> names) {
    int more = names.size() - 5;
    return String.join(", ", names.subList(0, Math.min(5, names.size())))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }
}
