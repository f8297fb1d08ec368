package dev.imfexporter.endtoend;

import java.util.List;
import java.util.stream.Stream;

/** The packaged program in the JVM of this machine. */
final class LocalExporter {
  private LocalExporter() {}

  /**
   * The command that runs it on a port of the loopback.
   *
   * @param options of the JVM
   */
  static List<String> command(int port, List<String> options, String... flags) {
    return Stream.of(
            Stream.of("java"),
            options.stream(),
            Stream.of("-jar", "target/imf-exporter.jar"),
            Stream.of(flags),
            Stream.of("--web.listen-address=127.0.0.1:" + port))
        .flatMap(words -> words)
        .toList();
  }
}
