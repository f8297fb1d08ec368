package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

  @ParameterizedTest
  @CsvSource({
    ":10747, '', 10747",
    "localhost:0, localhost, 0",
    "127.0.0.1:65535, 127.0.0.1, 65535",
    "[::1]:10747, ::1, 10747",
    "[fe80::1%eth0]:1, fe80::1%eth0, 1"
  })
  void isReadAndWrittenAlike(String text, String host, int port) {
    ListenAddress address = ListenAddress.parse(text);
    assertThat(address).isEqualTo(new ListenAddress(host, port));
    assertThat(address).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "10747", "localhost", "::1:10747", "http://x:1", "x:-1", "x:1 ", "[x]:1"})
  void otherTextsAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ListenAddress.parse(text))
        .withMessage("want host:port, [ipv6]:port or :port, such as :10747, not '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {65536, 99999})
  void portsEndAt65535(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ListenAddress.parse(":" + port))
        .withMessage("want a port from 0 to 65535, not " + port);
  }
}
