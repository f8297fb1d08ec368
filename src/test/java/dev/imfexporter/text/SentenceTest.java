package dev.imfexporter.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTest {
  @ParameterizedTest
  @CsvSource({"it is down, it is down.", "it is down., it is down.", "is it up?, is it up?"})
  void aTextIsEndedOnce(String text, String closed) {
    assertThat(Sentence.closed(text)).isEqualTo(closed);
  }
}
