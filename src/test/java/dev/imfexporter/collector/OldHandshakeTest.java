package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.collector.OldHandshake.Answer;
import dev.imfexporter.testing.TestCertificate;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OldHandshakeTest {
  private static byte[] der;

  @BeforeAll
  static void make(@TempDir Path folder) throws Exception {
    der = TestCertificate.selfSigned(folder, "mail01", Instant.now(), 7).certificate().getEncoded();
  }

  @Test
  void helloHasItsLengths() {
    byte[] random = new byte[32];
    Arrays.fill(random, (byte) 0xAB);

    assertThat(HexFormat.of().formatHex(OldHandshake.hello(random)))
        .isEqualTo(
            "160301003f"
                + "0100003b"
                + "0303"
                + "ab".repeat(32)
                + "00"
                + "0014"
                + "c013c014"
                + "00330039"
                + "002f0035"
                + "000a0005"
                + "00040009"
                + "0100");
  }

  @ParameterizedTest
  @CsvSource({
    "0x0300, SSLv3,   true",
    "0x0301, TLSv1,   true",
    "0x0302, TLSv1.1, true",
    "0x0303, TLSv1.2, false"
  })
  void versionAndCertificateAreRead(int version, String protocol, boolean old) throws IOException {
    Answer answer = answer(records(1 << 14, flight(version, der)));

    assertThat(answer.protocol()).isEqualTo(protocol);
    assertThat(answer.old()).isEqualTo(old);
    assertThat(answer.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=mail01");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100})
  void messagesGoOnOverRecords(int length) throws IOException {
    assertThat(answer(records(length, flight(0x0301, der))).protocol()).isEqualTo("TLSv1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "15030100020228", // an alert
        "1603010000", // an empty record
        "16030100040e000000", // another message
        "16030100040200ffff", // a message without end
        "160301000402000000", // a ServerHello without a version
        "16030100060200000203ff", // a version that is none
      })
  void whatIsNoHandshakeIsRefused(String sent) {
    assertThatThrownBy(() -> answer(HexFormat.of().parseHex(sent))).isInstanceOf(IOException.class);
  }

  @Test
  void certificateThatIsNoneIsRefused() {
    for (byte[] wrong : new byte[][] {new byte[0], {1, 2, 3}, Arrays.copyOf(der, 90)}) {
      assertThatThrownBy(() -> answer(records(1 << 14, flight(0x0301, wrong))))
          .isInstanceOf(IOException.class);
    }
  }

  /** For each change of an octet there is an answer or an IOException. */
  @Test
  void changedOctetsNeverDoMore() {
    Random random = new Random(16);
    byte[] sent = records(500, flight(0x0301, der));
    for (int i = 0; i < 3_000; i++) {
      byte[] changed = sent.clone();
      changed[random.nextInt(i % 2 == 0 ? 100 : sent.length)] = (byte) random.nextInt();
      try {
        assertThat(answer(changed).protocol()).isNotEmpty();
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
  }

  @Test
  void endlessAnswerIsCutOff() {
    AtomicInteger taken = new AtomicInteger();
    byte[] header = HexFormat.of().parseHex("1603017fff02007fff0301");

    assertThatThrownBy(
            () ->
                OldHandshake.answer(
                    () -> {
                      int at = taken.getAndIncrement();
                      return at < header.length ? header[at] & 0xFF : 0x16;
                    }))
        .isInstanceOf(IOException.class);
    assertThat(taken.get()).isLessThan(40_000);
  }

  private static Answer answer(byte[] sent) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(sent);
    return OldHandshake.answer(
        () -> {
          int octet = in.read();
          if (octet < 0) {
            throw new EOFException();
          }
          return octet;
        });
  }

  private static byte[] flight(int version, byte[] certificate) {
    return ByteBuffer.allocate(4 + 38 + 4 + 6 + certificate.length)
        .putInt(2 << 24 | 38)
        .putShort((short) version)
        .put(new byte[36])
        .putInt(11 << 24 | (6 + certificate.length))
        .put(threeOctets(3 + certificate.length))
        .put(threeOctets(certificate.length))
        .put(certificate)
        .array();
  }

  private static byte[] threeOctets(int number) {
    return new byte[] {(byte) (number >> 16), (byte) (number >> 8), (byte) number};
  }

  private static byte[] records(int length, byte[] messages) {
    ByteBuffer records = ByteBuffer.allocate(messages.length * 6);
    for (int at = 0; at < messages.length; at += length) {
      int part = Math.min(length, messages.length - at);
      records.put((byte) 22).putShort((short) 0x0301).putShort((short) part);
      records.put(messages, at, part);
    }
    return Arrays.copyOf(records.array(), records.position());
  }
}
