package dev.imfexporter.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteWordsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 byte",
    "1023, 1023 bytes",
    "1024, 1.0 KiB",
    "1075, 1.0 KiB",
    "102399, 99.9 KiB",
    "102400, 100 KiB",
    "1048575, 1023 KiB",
    "1048576, 1.0 MiB",
    "65720000000, 61.2 GiB",
    "9223372036854775807, 7.9 EiB",
  })
  void theUnitWithFewDigits(long bytes, String words) {
    assertThat(ByteWords.of(bytes)).isEqualTo(words);
  }
}
