package dev.imfexporter.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("imf.yml");
  }

  @Test
  void fileThatIsNotThere() {
    assertBroken(file + ": does not exist");
  }

  @Test
  void folderInsteadOfAFile() throws IOException {
    Files.createDirectory(file);
    assertBroken(file + ": is a folder, expected a YAML file");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void deviceInsteadOfAFile() {
    file = Path.of("/dev/zero");
    assertBroken("/dev/zero: is not a regular file, expected a YAML file");
  }

  @Test
  void rightThatIsMissing() {
    assertThat(TextFile.sentence(new AccessDeniedException("x")))
        .isEqualTo("cannot be read: the account that runs imf-exporter has no right to read it");
    assertThat(TextFile.sentence(new NoSuchFileException("x"))).isEqualTo("does not exist");
    assertThat(TextFile.sentence(new IOException("Input/output error")))
        .isEqualTo("cannot be read: Input/output error");
  }

  @Test
  void largestFileAndOneByteMore() throws IOException, ConfigException {
    String text = "hosts: { mail01: { access: demo } } #";
    Files.writeString(file, text + "x".repeat(1024 * 1024 - text.length()));
    assertThat(ConfigFiles.of(file).load().hosts().get(0).name()).isEqualTo("mail01");

    Files.writeString(file, text + "x".repeat(1024 * 1024 - text.length() + 1));
    assertBroken(file + ": is larger than 1 MiB, the limit for a configuration file");
  }

  @Test
  void otherEncodings() throws IOException {
    Files.write(file, "hosts:\n  # caf\u00e9\n".getBytes(ISO_8859_1));
    assertBroken(file + ":2: byte 0xE9 is not UTF-8, save the file as UTF-8");

    Files.write(file, new byte[] {'a', '\n', '\n', (byte) 0xE2, (byte) 0x82});
    assertBroken(file + ":3: byte 0xE2 is not UTF-8, save the file as UTF-8");

    Files.write(file, "\uFEFFhosts:\n".getBytes(UTF_16LE));
    assertBroken(file + ":1: is UTF-16, save it as UTF-8");
    Files.write(file, "hosts:\n".getBytes(UTF_16LE));
    assertBroken(file + ":1: is UTF-16 without a byte order mark, save it as UTF-8");
    Files.write(file, "\n\nhosts:\n".getBytes(UTF_16BE));
    assertBroken(file + ":1: is UTF-16 without a byte order mark, save it as UTF-8");
  }

  @Test
  void controlCharacters() throws IOException {
    Files.write(file, "a: 1\nb: \u0000\n".getBytes(UTF_8));
    assertBroken(file + ":2: character U+0000 is not allowed in YAML");
  }

  @Test
  void byteOrderMarkAndWindowsLineEndsAreFine() throws IOException, ConfigException {
    Files.writeString(file, "\uFEFFhosts:\r\n  mail01:\r\n    access: win32\r\n");
    assertThat(ConfigFiles.of(file).load().hosts().get(0))
        .isEqualTo(new HostConfig("mail01", AccessKind.WIN32, Module.DEFAULT));
  }

  private void assertBroken(String message) {
    assertThatThrownBy(() -> ConfigFiles.of(file).load())
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
