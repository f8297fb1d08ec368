package dev.imfexporter.cli;

import picocli.CommandLine;

/** Which build this is. */
final class Version implements CommandLine.IVersionProvider {

  /** The version in the jar's manifest; {@code development} outside a jar. */
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The version and what it runs on. */
  @Override
  public String[] getVersion() {
    return new String[] {
      "imf-exporter, version %s (Java %s, %s %s)"
          .formatted(
              current(),
              System.getProperty("java.version"),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }
}
