package dev.imfexporter.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

  @ParameterizedTest
  @CsvSource({
    "mail01, host-mail01.jsonl",
    "mail01.example.net, host-mail01.example.net.jsonl",
    "MAIL01, host-mail01~f.jsonl",
    "Mail-B, host-mail-b~21.jsonl",
    "con, host-con.jsonl",
    "a., host-a..jsonl",
    "a~f, host-a%7ef.jsonl",
    "10:b/c\\d, host-10%3ab%2fc%5cd.jsonl",
    "100%, host-100%25.jsonl",
    "..%2f, host-..%252f.jsonl",
  })
  void namesOfFiles(String host, String file) {
    assertThat(FileName.of(host)).isEqualTo(file);
    assertThat(FileName.host(file)).contains(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"M\u00fcnchen \uD83D\uDE00 A", "NUL", "a\nb", "A~A", "_"})
  void anyNameComesBack(String host) {
    assertThat(FileName.host(FileName.of(host))).contains(host);
  }

  @Test
  void hostsThatDifferInCaseHaveFilesThatDifferInMore() {
    assertThat(FileName.of("Mail01")).isNotEqualToIgnoringCase(FileName.of("mail01"));
  }

  @Test
  void longNamesFitAndDiffer(@TempDir Path folder) throws Exception {
    String first = "A".repeat(252) + "1";
    String second = "A".repeat(252) + "2";
    assertThat(FileName.of(first)).isNotEqualTo(FileName.of(second));
    assertThat(FileName.host(FileName.of(first))).isPresent();
    Files.createFile(folder.resolve(FileName.of(first) + ".damaged-20261122T031207Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lock",
        "host-.jsonl",
        "host-a.jsonl.new",
        "host-a%.jsonl",
        "host-a%zz.jsonl",
        "x"
      })
  void otherFiles(String file) {
    assertThat(FileName.host(file)).isEmpty();
  }
}
