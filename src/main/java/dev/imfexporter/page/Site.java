package dev.imfexporter.page;

/**
 * Where browsers find the pages.
 *
 * @param root in front of each path, such as {@code /imf}; "" for none
 * @param metrics the path of the metrics, without the root
 * @param hasDebug whether {@code /config} and {@code /debug} are answered
 */
public record Site(String root, String metrics, boolean hasDebug) {
  /** Without a prefix, and with every page. */
  public static final Site USUAL = new Site("", "/metrics", true);

  /** The address of a path of this exporter. */
  public String at(String path) {
    return root + path;
  }
}
