package dev.imfexporter.preflight;

/** Pieces of sentences. */
final class Sentences {
  private Sentences() {}

  static String count(long number, String one, String many) {
    return number == 1 ? "1 " + one : number + " " + many;
  }
}
