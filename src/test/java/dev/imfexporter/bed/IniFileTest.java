package dev.imfexporter.bed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IniFileTest {
  @TempDir private Path folder;

  @Test
  void changesKeepTheOtherLines() throws IOException {
    Path file = folder.resolve("faults.ini");
    IniFile ini = new IniFile(file);

    ini.set("OpenServiceW", "SMTPSVC", "5");
    ini.set("OpenServiceW", "IISADMIN", "5");
    ini.replace("RegOpenKeyExW", Map.of("SOFTWARE\\Microsoft\\Exchange", "hang"));
    ini.remove("OpenServiceW", "SMTPSVC");

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "[OpenServiceW]",
            "IISADMIN=5",
            "[RegOpenKeyExW]",
            "SOFTWARE\\Microsoft\\Exchange=hang");
  }

  @Test
  void aLineThatAStandInTookOutStaysOut() throws IOException {
    Path file = folder.resolve("faults.ini");
    IniFile ini = new IniFile(file);
    ini.set("NotifyServiceStatusChangeW", "SMTPSVC", "1294,1");
    Files.writeString(file, "[NotifyServiceStatusChangeW]\r\n");

    ini.set("OpenServiceW", "SMTPSVC", "5");

    assertThat(Files.readString(file)).doesNotContain("1294").contains("SMTPSVC=5");
  }

  @Test
  void clearingEmptiesTheFile() throws IOException {
    Path file = folder.resolve("services.ini");
    IniFile ini = new IniFile(file);
    ini.set("SMTPSVC", "StopMode", "hang");

    ini.clear();

    assertThat(file).isEmptyFile();
    assertThat(folder).isDirectoryContaining("glob:**/services.ini");
  }
}
