package dev.imfexporter.access.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TitleTableTest {
  private static final String TABLE =
      "1|1847|2|System|4|Memory|4002|SMTP Server|4004|% Zeit|5002|smtp server|4|Twice||";

  @Test
  void findsNamesAndIndexes() throws Malformed {
    TitleTable table = parse(TABLE);
    assertThat(table.name(4002)).contains("SMTP Server");
    assertThat(table.name(1)).contains("1847");
    assertThat(table.name(4)).as("the first of two names").contains("Memory");
    assertThat(table.name(3)).isEmpty();
    assertThat(table.index("SMTP SERVER")).as("the lowest of two indexes").contains(4002);
    assertThat(table.index("no such object")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2|System", "2|System|", "2|System||", "2|System||9|after the end||"})
  void readsToTheTerminatorOrTheEnd(String text) throws Malformed {
    TitleTable table = parse(text);
    assertThat(table.index("System")).contains(2);
    assertThat(table.name(9)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "|", "||"})
  void readsATableWithoutNames(String text) throws Malformed {
    assertThat(parse(text).name(0)).isEmpty();
  }

  @Test
  void keepsAnEmptyName() throws Malformed {
    TitleTable table = parse("2||4|Memory||");
    assertThat(table.name(2)).contains("");
    assertThat(table.index("Memory")).contains(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          2|System|Memory|6|; Table of names: index "Memory" at byte 18 is not a number from 0 to 999999999
          -2|System||; Table of names: index "-2" at byte 0 is not a number from 0 to 999999999
          99999999999|x|; Table of names: index "99999999999" at byte 0 is not a number from 0 to 999999999
          2|System|4|; Table of names: index 4 at byte 18 has no name
          2|System|4; Table of names: index 4 at byte 18 has no name
          """)
  void refusesWhatIsNoTable(String text, String message) {
    assertThatExceptionOfType(Malformed.class).isThrownBy(() -> parse(text)).withMessage(message);
  }

  @Test
  void refusesHalfACharacter() {
    byte[] bytes = Arrays.copyOf(bytes(TABLE), 7);
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> TitleTable.parse(bytes))
        .withMessage("Table of names: 7 bytes, want an even number");
  }

  @Test
  void showsForeignBytesSafely() {
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> parse("\n\u001b[31m" + "x".repeat(100)))
        .withMessageStartingWith("Table of names: index \"??[31mxxxx")
        .withMessageEndingWith("xxx...\" at byte 0 is not a number from 0 to 999999999");
  }

  @Test
  void survivesCorruption() {
    byte[] whole = bytes(TABLE);
    Random random = new Random(9);
    int[] refused = {0};
    int mutations = 20_000;
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < mutations; i++) {
            byte[] bytes = Corruption.of(whole, random);
            try {
              TitleTable.parse(bytes);
            } catch (Malformed e) {
              refused[0]++;
            }
          }
        });
    assertThat(refused[0]).isBetween(mutations / 10, mutations - 1);
  }

  @Test
  void aTableWithoutEndIsRefused() {
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < 400_000; i++) {
      table.append(i).append("|n|");
    }

    assertThatThrownBy(() -> parse(table.toString()))
        .isInstanceOf(Malformed.class)
        .hasMessage("Table of names: more than 65536 names");
  }

  private static TitleTable parse(String text) throws Malformed {
    return TitleTable.parse(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.replace('|', '\0').getBytes(StandardCharsets.UTF_16LE);
  }
}
