package dev.imfexporter.text;

/** The project's documents, where a browser shows them: not each package has them beside it. */
public final class Documents {
  private static final String FOLDER =
      "https://github.com/imf-exporter/imf-exporter/blob/main/docs/";

  private Documents() {}

  /**
   * The address of a document.
   *
   * @param path below {@code docs}
   */
  public static String at(String path) {
    return FOLDER + path;
  }
}
