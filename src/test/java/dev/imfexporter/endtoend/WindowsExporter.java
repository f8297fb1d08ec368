package dev.imfexporter.endtoend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged program in the bed's Windows JVM, with a configuration and a place for history. */
final class WindowsExporter {
  private static final Path HERE = Path.of("").toAbsolutePath();

  private final Path folder;
  private final Path config;

  /**
   * @param folder where its log and its history are
   */
  WindowsExporter(Path folder, Path config) {
    this.folder = folder;
    this.config = config;
  }

  /** Starts it and waits until it has seen the host. */
  Background start() {
    Background exporter = launch();
    exporter.await("/-/ready");
    return exporter;
  }

  /** Starts it; killing this process kills the JVM itself. */
  Background launch() {
    int port = Background.freePort();
    return Background.launch(
        "exporter",
        folder,
        port,
        command(storage(), configuration(), "--web.listen-address=127.0.0.1:" + port));
  }

  /** How {@code --storage.path} is given. */
  String storage() {
    return "--storage.path=" + HERE.relativize(folder.resolve("history"));
  }

  /** How {@code --config.file} is given. */
  String configuration() {
    return "--config.file=" + HERE.relativize(config);
  }

  /** The command that runs the packaged program. */
  static List<String> command(String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "src/test/bed/windows",
                "java",
                "-XX:+UseSerialGC",
                "-Xmx48m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                "target/imf-exporter.jar"));
    words.addAll(List.of(arguments));
    return words;
  }
}
