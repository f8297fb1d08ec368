package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {
  @Test
  void writesLengthsInTheirShortestForm() {
    assertThat(hex(Der.octets(new byte[1]))).isEqualTo("040100");
    assertThat(hex(Der.octets(new byte[127]))).startsWith("047f00");
    assertThat(hex(Der.octets(new byte[128]))).startsWith("04818000");
    assertThat(hex(Der.octets(new byte[256]))).startsWith("0482010000");
    assertThat(hex(Der.tagged(3, Der.integer(300)))).isEqualTo("a3040202012c");
  }

  @Test
  void readsWhatItWrote() throws Malformed {
    for (int length : new int[] {0, 1, 127, 128, 255, 256, 70_000}) {
      byte[] octets = new byte[length];
      byte[] message =
          Der.application(
              15, Der.sequence(Der.tagged(0, Der.integer(-5)), Der.tagged(2, Der.octets(octets))));

      byte[] elements = Der.contents(message, Der.applicationTag(15), Der.SEQUENCE);

      assertThat(Der.number(Der.need(elements, 0))).isEqualTo(-5);
      assertThat(Der.contents(Der.need(elements, 2), Der.OCTETS)).isEqualTo(octets);
      assertThat(Der.find(elements, 1)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3001",
        "3080",
        "3084ffffffff",
        "30847fffffff00",
        "30ff00",
        "308301",
        "0400"
      })
  void bytesThatAreNoneAreRefused(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> Der.contents(bytes, Der.SEQUENCE, Der.OCTETS))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void anyBytesEndInAValueOrInThatError() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        assertThat(Der.find(bytes, 2)).isNotNull();
        long unused = Der.number(Der.contents(bytes, Der.SEQUENCE));
      } catch (Malformed expected) {
        assertThat(expected).hasMessageStartingWith("The host");
      }
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
