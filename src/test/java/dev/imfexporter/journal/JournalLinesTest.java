package dev.imfexporter.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.fact.Fact;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalLinesTest {
  private final ByteArrayOutputStream whole = new ByteArrayOutputStream();

  @Test
  void nothing() throws IOException {
    assertThat(read("")).isEqualTo(new Recovered(List.of(), 0, 0, false, 0, 0));
  }

  @Test
  void everyFactInItsOrder() throws IOException {
    assertThat(read(lines(0, 300)))
        .isEqualTo(new Recovered(Facts.outages(0, 300), 0, 0, false, 0, 0));
    assertThat(whole.toString(UTF_8)).isEqualTo(lines(0, 300));
  }

  /** Wherever the program died: the lines before are there, and nothing else is wrong. */
  @Test
  void tornLastLine() throws IOException {
    String text = lines(0, 2);
    for (int length = lines(0, 1).length() + 1; length < text.length() - 1; length++) {
      whole.reset();
      assertThat(read(text.substring(0, length)))
          .isEqualTo(new Recovered(Facts.outages(0, 1), 0, 0, true, 0, 0));
      assertThat(whole.toString(UTF_8)).isEqualTo(lines(0, 1));
    }
  }

  @Test
  void lastLineThatLacksItsEndOnly() throws IOException {
    assertThat(read(lines(0, 2).stripTrailing()))
        .isEqualTo(new Recovered(Facts.outages(0, 2), 0, 0, true, 0, 0));
    assertThat(whole.toString(UTF_8)).isEqualTo(lines(0, 2));
  }

  @Test
  void zeroBytesOfAPowerLoss() throws IOException {
    assertThat(read(lines(0, 2) + "\0".repeat(5000)))
        .isEqualTo(new Recovered(Facts.outages(0, 2), 0, 0, true, 0, 0));
    assertThat(read(lines(0, 1) + "{\"wri\0\0\0\0\n" + lines(1, 2)))
        .isEqualTo(new Recovered(Facts.outages(0, 2), 1, 2, false, 0, 0));
  }

  @Test
  void damageInTheMiddle() throws IOException {
    String text = lines(0, 1) + "rubbish\n" + lines(1, 2) + "{}\n\n" + lines(2, 3);

    assertThat(read(text)).isEqualTo(new Recovered(Facts.outages(0, 3), 2, 2, false, 0, 0));
    assertThat(whole.toString(UTF_8)).isEqualTo(lines(0, 3));
  }

  /** With such times, the arithmetic of the state would overflow at each start. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"fact\":\"clock_set\",\"from\":\"2026-11-22T03:12:07Z\",\"by\":\"PT2562047788015215H\"",
        "\"fact\":\"alive\",\"at\":\"+1000000000-12-31T23:59:59Z\"",
        "\"fact\":\"rebooted\",\"boot\":{\"down\":\"-1000000000-01-01T00:00:00Z\","
            + "\"up\":\"2026-11-11T03:03:40Z\",\"orderly\":true}"
      })
  void extremeTimesAreDamage(String fact) throws IOException {
    String line = "{\"written\":\"2026-11-22T03:17:20Z\"," + fact + "}\n";

    assertThat(read(lines(0, 1) + line + lines(1, 2)))
        .isEqualTo(new Recovered(Facts.outages(0, 2), 1, 2, false, 0, 0));
  }

  @Test
  void eachLineCountsOnce() throws IOException {
    assertThat(read(lines(0, 3) + lines(0, 3)).facts()).isEqualTo(Facts.outages(0, 3));
  }

  @Test
  void otherEncodings() throws IOException {
    assertThat(read(new ByteArrayInputStream("caf\u00e9\n{}\n".getBytes(ISO_8859_1))).damaged())
        .isEqualTo(2);
    byte[] latin = lines(0, 1).replace("SMTPSVC", "SMTPSVC\u00e9").getBytes(ISO_8859_1);
    assertThat(read(new ByteArrayInputStream(latin)).damaged()).isEqualTo(1);
    Recovered wide = read(new ByteArrayInputStream(lines(0, 2).getBytes(UTF_16LE)));
    assertThat(wide.facts()).isEmpty();
    assertThat(wide.damaged()).isEqualTo(2);
  }

  @Test
  void editorsOfWindowsDoNoHarm() throws IOException {
    assertThat(read("\uFEFF" + lines(0, 2).replace("\n", "\r\n") + "\r\n"))
        .isEqualTo(new Recovered(Facts.outages(0, 2), 0, 0, false, 0, 0));
  }

  @Test
  void hugeLine() throws IOException {
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(lines(0, 1).getBytes(UTF_8)),
            new SequenceInputStream(
                new ByteArrayInputStream(new byte[50 * 1024 * 1024]),
                new ByteArrayInputStream(("\n" + lines(1, 2)).getBytes(UTF_8))));

    assertThat(read(in)).isEqualTo(new Recovered(Facts.outages(0, 2), 1, 2, false, 0, 0));
  }

  @Test
  void endlessFile() throws IOException {
    for (byte each : new byte[] {'\n', 'x', 0}) {
      InputStream endless = new Endless(each);
      Recovered read = read(new SequenceInputStream(in(lines(0, 1)), endless));
      assertThat(read.facts()).isEqualTo(Facts.outages(0, 1));
      assertThat(read.damaged()).isEqualTo(1);
    }
    InputStream endless = new Endless('x', '\n');
    Recovered read = read(new SequenceInputStream(in(lines(0, 1)), endless));
    assertThat(read.facts()).isEqualTo(Facts.outages(0, 1));
    assertThat(read.damaged()).isBetween(JournalLines.MAX_DAMAGED, 50_000);
  }

  /** These bytes again and again. */
  private static final class Endless extends InputStream {
    private final byte[] block = new byte[64 * 1024];

    Endless(int... bytes) {
      for (int i = 0; i < block.length; i++) {
        block[i] = (byte) bytes[i % bytes.length];
      }
    }

    @Override
    public int read() {
      return block[0];
    }

    @Override
    public int read(byte[] buffer, int from, int length) {
      int n = Math.min(length, block.length);
      System.arraycopy(block, 0, buffer, from, n);
      return n;
    }
  }

  @Test
  void newerVersion() throws IOException {
    String newer = lines(1, 2).replace("settled", "undone");
    Recovered read = read(lines(0, 1).replace("{\"service", "{\"why\":1,\"service") + newer);

    assertThat(read).isEqualTo(new Recovered(Facts.outages(0, 1), 0, 0, false, 1, 1));
    assertThat(whole.toString(UTF_8)).endsWith(newer);
  }

  /** Damaged bytes cost their own line only. */
  @Test
  void randomDamage() throws IOException {
    Random random = new Random(907747);
    byte[] good = lines(0, 10).getBytes(UTF_8);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = good.clone();
      int from = random.nextInt(bytes.length);
      int length = Math.min(bytes.length - from, 1 + random.nextInt(400));
      for (int i = 0; i < length; i++) {
        bytes[from + i] = (byte) random.nextInt(256);
      }
      List<Fact> facts = read(new ByteArrayInputStream(bytes)).facts();
      assertThat(facts).hasSizeGreaterThanOrEqualTo(7).contains(outside(from, length));
    }
  }

  /** Facts whose lines the damage does not touch. */
  private static Fact[] outside(int from, int length) {
    int line = lines(0, 1).length();
    return IntStream.range(0, 10)
        .filter(i -> (i + 1) * line < from || i * line > from + length)
        .mapToObj(Facts::outage)
        .toArray(Fact[]::new);
  }

  private Recovered read(String text) throws IOException {
    return read(in(text));
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private Recovered read(InputStream in) throws IOException {
    return JournalLines.read(in, whole::write);
  }

  private static String lines(int from, int to) {
    return new String(JournalLines.write(Facts.NIGHT, Facts.outages(from, to)), UTF_8);
  }
}
