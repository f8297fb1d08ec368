package dev.imfexporter.winservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  /** The examples of Microsoft's page about the arguments of a C program. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "\"a b c\" d e        | a b c | d      | e",
        "\"ab\\\"c\" \"\\\\\" d    | ab\"c | \\     | d",
        "a\\\\\\b d\"e f\"g h   | a\\\\\\b | de fg | h",
        "a\\\\\\\"b c d         | a\\\"b | c      | d",
      })
  void splitsAsWindowsDoes(String text, String first, String second, String third) {
    assertThat(CommandLine.split(text)).containsExactly(first, second, third);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "C:\\imf\\java.exe                 | C:\\imf\\java.exe",
        "C:\\Program Files\\imf\\java.exe   | \"C:\\Program Files\\imf\\java.exe\"",
        "--storage.path=D:\\my data\\       | \"--storage.path=D:\\my data\\\\\"",
        "\\\\server\\share\\imf            | \\\\server\\share\\imf",
        "say \"hi\"                        | \"say \\\"hi\\\"\"",
      })
  void quotesWhatNeedsIt(String word, String text) {
    assertThat(CommandLine.join(List.of(word))).isEqualTo(text);
  }

  @Test
  void noPathBecomesAnotherProgram() {
    // Without quotes Windows would also try C:\Program.exe.
    assertThat(CommandLine.join(List.of("C:\\Program Files\\x.exe"))).startsWith("\"");
  }

  @Test
  void splitsWhatItJoined() {
    Random dice = new Random(2003);
    String letters = "ab\\\\\"\" \tü-=";
    for (int line = 0; line < 2000; line++) {
      List<String> words = new ArrayList<>();
      for (int i = dice.nextInt(4); i >= 0; i--) {
        StringBuilder word = new StringBuilder();
        for (int c = dice.nextInt(7); c > 0; c--) {
          word.append(letters.charAt(dice.nextInt(letters.length())));
        }
        words.add(word.toString());
      }
      assertThat(CommandLine.split(CommandLine.join(words))).isEqualTo(words);
    }
  }

  @Test
  void nothingHasNoWords() {
    assertThat(CommandLine.split("")).isEmpty();
    assertThat(CommandLine.split(" \t")).isEmpty();
  }
}
