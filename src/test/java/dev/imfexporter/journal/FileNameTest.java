package dev.imfexporter.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
    "MAIL01, host-mail01.jsonl",
    "Mail-B, host-mail-b.jsonl",
    "con, host-con.jsonl",
    "a., host-a..jsonl",
    "a~f, host-a%7ef.jsonl",
    "10:b/c\\d, host-10%3ab%2fc%5cd.jsonl",
    "100%, host-100%25.jsonl",
    "..%2f, host-..%252f.jsonl",
    "a b*c+d, host-a%20b%2ac%2bd.jsonl",
  })
  void namesOfFiles(String host, String file) {
    assertThat(FileName.of(host)).isEqualTo(file);
    assertThat(FileName.host(file)).contains(host.toLowerCase(Locale.ROOT));
    assertThat(FileName.ofFormer(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"M\u00fcnchen \uD83D\uDE00 A", "NUL", "a\nb", "A~A", "_"})
  void anyNameComesBackInLowerCase(String host) {
    assertThat(FileName.host(FileName.of(host))).contains(host.toLowerCase(Locale.ROOT));
  }

  @Test
  void hostsThatDifferInCaseHaveOneFile() {
    assertThat(FileName.of("Mail01")).isEqualTo(FileName.of("mail01"));
    assertThat(FileName.of("A".repeat(253))).isEqualTo(FileName.of("a".repeat(253)));
  }

  /** As the file names were before 0.1.0: bit i of the number stands for the character i. */
  @ParameterizedTest
  @CsvSource({"host-mail01~f.jsonl, host-mail01.jsonl", "host-mail-b~21.jsonl, host-mail-b.jsonl"})
  void formerNamesHaveNumbersForCapitals(String former, String file) {
    assertThat(FileName.ofFormer(former)).contains(file);
    assertThat(FileName.host(former)).isEqualTo(FileName.host(file));
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
        "host-a~x.jsonl",
        "host-a~f.jsonl.new",
        "x"
      })
  void otherFiles(String file) {
    assertThat(FileName.host(file)).isEmpty();
  }
}
