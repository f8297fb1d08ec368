package dev.imfexporter.cli;

import dev.imfexporter.exposition.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import picocli.CommandLine;

/** Which build this is. */
final class Version implements CommandLine.IVersionProvider {
  /** The version in the jar's manifest; {@code development} outside a jar. */
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** What the build has written into the jar's manifest; unknown outside a jar. */
  static Build build() {
    URL here = Objects.requireNonNull(Version.class.getResource("Version.class"));
    try {
      if (here.openConnection() instanceof JarURLConnection connection) {
        // Otherwise the JVM would keep the jar open a second time.
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
          Attributes manifest = jar.getManifest().getMainAttributes();
          return new Build(
              current(), manifest.getValue("Build-Revision"), manifest.getValue("Build-Date"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the jar that this program runs from cannot be read", e);
    }
    return Build.of(current());
  }

  /** The version and what it runs on. */
  @Override
  public String[] getVersion() {
    Build build = build();
    return new String[] {
      "imf-exporter, version %s (revision %s, built %s, Java %s, %s %s)"
          .formatted(
              build.version(),
              build.revision(),
              build.date(),
              System.getProperty("java.version"),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }
}
