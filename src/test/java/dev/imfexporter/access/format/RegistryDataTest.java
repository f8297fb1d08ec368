package dev.imfexporter.access.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.RegistryValue.Binary;
import dev.imfexporter.access.RegistryValue.Numeric;
import dev.imfexporter.access.RegistryValue.Other;
import dev.imfexporter.access.RegistryValue.Text;
import dev.imfexporter.access.RegistryValue.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RegistryDataTest {
  private static final int REG_NONE = 0;
  private static final int REG_SZ = 1;
  private static final int REG_EXPAND_SZ = 2;
  private static final int REG_BINARY = 3;
  private static final int REG_DWORD = 4;
  private static final int REG_DWORD_BIG_ENDIAN = 5;
  private static final int REG_MULTI_SZ = 7;
  private static final int REG_QWORD = 11;

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(REG_SZ, utf16("6.5.7936.0\0"), new Text("6.5.7936.0")),
        Arguments.of(REG_SZ, utf16("without NUL"), new Text("without NUL")),
        Arguments.of(REG_SZ, utf16("first\0rubbish\0"), new Text("first")),
        Arguments.of(REG_SZ, utf16("Müller 邮件\0"), new Text("Müller 邮件")),
        Arguments.of(REG_SZ, new byte[0], new Text("")),
        Arguments.of(REG_SZ, utf16("\0"), new Text("")),
        Arguments.of(REG_EXPAND_SZ, utf16("%ProgramFiles%\0"), new Text("%ProgramFiles%")),
        Arguments.of(REG_MULTI_SZ, utf16("a\0bc\0\0"), new Texts(List.of("a", "bc"))),
        Arguments.of(REG_MULTI_SZ, utf16("a\0bc\0"), new Texts(List.of("a", "bc"))),
        Arguments.of(REG_MULTI_SZ, utf16("a\0bc"), new Texts(List.of("a", "bc"))),
        Arguments.of(REG_MULTI_SZ, utf16("a\0\0rubbish\0\0"), new Texts(List.of("a"))),
        Arguments.of(REG_MULTI_SZ, utf16("\0"), new Texts(List.of())),
        Arguments.of(REG_MULTI_SZ, new byte[0], new Texts(List.of())),
        Arguments.of(REG_DWORD, new byte[] {1, 2, 0, 0}, new Numeric(0x201)),
        Arguments.of(REG_DWORD, bytes(4, 0xff), new Numeric(0xffff_ffffL)),
        Arguments.of(REG_QWORD, new byte[] {1, 0, 0, 0, 1, 0, 0, 0}, new Numeric(0x1_0000_0001L)),
        Arguments.of(REG_QWORD, bytes(8, 0xff), new Numeric(-1)),
        Arguments.of(REG_NONE, new byte[0], new Other(REG_NONE, 0)),
        Arguments.of(REG_BINARY, bytes(3, 7), new Binary("070707")),
        Arguments.of(REG_DWORD_BIG_ENDIAN, bytes(4, 7), new Other(REG_DWORD_BIG_ENDIAN, 4)),
        Arguments.of(-1, bytes(2, 7), new Other(-1, 2)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void decodes(int type, byte[] data, RegistryValue value) throws Exception {
    assertThat(RegistryData.decode(type, data)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, A text (registry type 1) has an odd number of bytes: 1",
    "2, 5, A text (registry type 2) has an odd number of bytes: 5",
    "7, 3, A text (registry type 7) has an odd number of bytes: 3",
    "4, 0, 'A number (registry type 4) has 0 bytes, want 4'",
    "4, 3, 'A number (registry type 4) has 3 bytes, want 4'",
    "4, 8, 'A number (registry type 4) has 8 bytes, want 4'",
    "11, 4, 'A number (registry type 11) has 4 bytes, want 8'",
  })
  void refusesWhatCannotBeOfTheType(int type, int length, String message) {
    assertThatThrownBy(() -> RegistryData.decode(type, bytes(length, 'x')))
        .isInstanceOf(AccessException.Malformed.class)
        .hasMessage(message);
  }

  @Test
  void noBytesMakeItFailOtherwise() {
    Random random = new Random(907747);
    for (int i = 0; i < 20_000; i++) {
      byte[] data = new byte[random.nextInt(24)];
      random.nextBytes(data);
      int type = random.nextInt(13);
      try {
        assertThat(RegistryData.decode(type, data)).isNotNull();
      } catch (AccessException.Malformed e) {
        assertThat(e).hasMessageContaining("registry type " + type);
      }
    }
  }

  private static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  private static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
