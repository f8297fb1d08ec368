package dev.imfexporter.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorCodeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1067        | false | ERROR_PROCESS_ABORTED (1067, 0x42B)",
        "4711        | false | code 4711, 0x1267",
        "0x80090016  | true  | NTE_BAD_KEYSET (0x80090016)",
        "-2146893802 | true  | NTE_BAD_KEYSET (0x80090016)",
        "0x80070002  | true  | ERROR_FILE_NOT_FOUND (0x80070002)",
        "0x80041234  | false | code 0x80041234",
        "8           | true  | its own code 8 (0x8)"
      })
  void isSaidByNameAndNeverAsABareDecimal(String value, boolean own, String words) {
    assertThat(new ErrorCode(Long.decode(value), own).words()).isEqualTo(words);
  }

  @Test
  void isOfTheLastStop() {
    assertThat(ErrorCode.of(new ServiceStatus(ServiceState.STOPPED, 1066, 42, 0)))
        .contains(new ErrorCode(42, true));
    assertThat(ErrorCode.of(new ServiceStatus(ServiceState.STOPPED, 1068, 42, 0)))
        .contains(new ErrorCode(1068, false));
    assertThat(ErrorCode.of(new ServiceStatus(ServiceState.STOPPED, 0, 0, 0))).isEmpty();
    assertThat(ErrorCode.of(new ServiceStatus(ServiceState.START_PENDING, 1067, 0, 7))).isEmpty();
  }
}
