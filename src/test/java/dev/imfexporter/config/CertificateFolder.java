package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder with certificates and keys, for configurations that name them. */
record CertificateFolder(Path path) {
  private static final Path CERTIFICATES = Path.of("src/test/resources/web");

  /** A file and what is wrong with it, without the names of file and folder. */
  record Bad(String name, String text, List<String> errors) {
    static Bad of(String name, String text, String... errors) {
      return new Bad(name, text, List.of(errors));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  void fill() throws IOException {
    try (Stream<Path> files = Files.list(CERTIFICATES)) {
      for (Path file : files.toList()) {
        Files.copy(file, path.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(path.resolve(name), text);
  }

  void assertErrors(ConfigException e, String file, List<String> errors) {
    assertThat(e.errors())
        .extracting(this::shown)
        .containsExactlyElementsOf(errors.stream().map((file + ":")::concat).toList());
  }

  /** Without the name of the folder. */
  String shown(ConfigError error) {
    return error.toString().replace(path + "/", "");
  }

  String indented(String name) throws IOException {
    return Files.readString(path.resolve(name)).indent(4);
  }
}
