package dev.imfexporter.access.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTimeTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1601-01-01T00:00:00.000000100Z",
    "116444736000000000, 1970-01-01T00:00:00Z",
    "116444735999999999, 1969-12-31T23:59:59.999999900Z",
    "128358432001234567, 2007-10-03T00:00:00.123456700Z",
    "-1, +60056-05-28T05:36:10.955161500Z",
  })
  void countsFrom1601(long steps, Instant moment) {
    assertThat(FileTime.instant(steps)).contains(moment);
  }

  @Test
  void zeroIsUnknown() {
    assertThat(FileTime.instant(0)).isEmpty();
  }
}
