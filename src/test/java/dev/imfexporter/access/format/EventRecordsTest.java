package dev.imfexporter.access.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records in the shapes of two ages, as real System logs have them: of Windows XP, which shares its
 * format with Server 2003, and of Windows Server since 2008.
 */
class EventRecordsTest {
  private static final Instant NIGHT = Instant.parse("2026-03-11T03:12:07Z");

  @Test
  void reads2003() throws Malformed {
    assertThat(EventBytes.parse(server2003()))
        .containsExactly(
            new EventRecord(
                41,
                NIGHT,
                "Service Control Manager",
                7035,
                EventRecord.INFORMATION,
                Optional.of("S-1-5-21-1004336348-1177238915-4294967295-1004"),
                List.of("IIS Admin Service", "start"),
                EventData.NONE),
            new EventRecord(
                42,
                NIGHT.plusSeconds(1),
                "Service Control Manager",
                7036,
                EventRecord.INFORMATION,
                Optional.empty(),
                List.of("IIS Admin Service", "running"),
                EventData.NONE),
            new EventRecord(
                43,
                NIGHT.plusSeconds(2),
                "EventLog",
                6006,
                0,
                Optional.empty(),
                List.of(),
                EventData.of(new byte[] {(byte) 0xFF, 0, 0})));
  }

  @Test
  void reads2022() throws Malformed {
    EventRecord entered = EventBytes.parse(server2022()).get(0);
    assertThat(entered.strings()).containsExactly("Простой протокол", "", "third");
    assertThat(entered.string(1)).isEqualTo("Простой протокол");
    assertThat(entered.string(4)).isEmpty();
    assertThat(entered.data().utf16()).isEqualTo("SMTPSVC/4");
    assertThat(entered.user()).contains("S-1-5-18");
    assertThat(entered.number()).isEqualTo(4_000_000_000L);
    assertThat(entered.written()).isEqualTo(Instant.parse("2099-12-31T23:59:59Z"));
  }

  @Test
  void readsAnAnswerWithoutRecords() throws Malformed {
    assertThat(EventBytes.parse(new byte[0])).isEmpty();
  }

  @Test
  void decodesNothingBeforeItIsAsked() throws Malformed {
    byte[] bytes = EventBytes.of("Noise", 1).strings("text").toArray();
    put(bytes, 36, 9999);
    RawEvent event = EventRecords.find(bytes).records().get(0);
    assertThat(event.provider()).isEqualTo("Noise");
    assertThatExceptionOfType(Malformed.class).isThrownBy(event::decode);
  }

  @Test
  void aBadRecordDoesNotLoseItsNeighbours() {
    byte[] bad = EventBytes.of("Bad", 1).number(2).toArray();
    put(bad, 4, 0);
    EventRecords found =
        EventRecords.find(
            EventBytes.join(
                EventBytes.of("A", 1).number(1).toArray(),
                bad,
                EventBytes.of("C", 1).number(3).toArray()));
    assertThat(found.records()).extracting(RawEvent::number).containsExactly(1L, 3L);
    assertThat(found.skipped()).isEqualTo(1);
  }

  @Test
  void aBadLengthEndsTheAnswer() {
    byte[] bad = EventBytes.of("Bad", 1).number(2).toArray();
    put(bad, 0, bad.length - 4);
    EventRecords found =
        EventRecords.find(
            EventBytes.join(
                EventBytes.of("A", 1).number(1).toArray(),
                bad,
                EventBytes.of("C", 1).number(3).toArray()));
    assertThat(found.records()).extracting(RawEvent::number).containsExactly(1L);
    assertThat(found.skipped()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | 0   | EVENTLOGRECORD at byte 0: Length is 0, want 64 to 204
          0   | -1  | EVENTLOGRECORD at byte 0: Length is 4294967295, want 64 to 204
          4   | 7   | EVENTLOGRECORD at byte 0: Reserved is 0x00000007, want 0x654C664C
          36  | 201 | EVENTLOGRECORD at byte 0: StringOffset is 201, want 0 to 200
          36  | -8  | EVENTLOGRECORD at byte 0: StringOffset is 4294967288, want 0 to 200
          36  | 198 | EVENTLOGRECORD at byte 0: String at byte 200 does not end
          40  | 500 | EVENTLOGRECORD at byte 0: UserSidLength is 500, want 0 to 200
          40  | 8   | EVENTLOGRECORD at byte 0: Sid has revision 1 and 1 parts in 8 bytes
          44  | 190 | EVENTLOGRECORD at byte 0: UserSidOffset is 190, want 0 to 188
          48  | 201 | EVENTLOGRECORD at byte 0: DataLength is 201, want 0 to 200
          52  | 181 | EVENTLOGRECORD at byte 0: DataOffset is 181, want 0 to 180
          200 | 60  | EVENTLOGRECORD at byte 0: Length is 204, but 60 at the end
          """)
  void namesStructureFieldValueAndPlace(int offset, int value, String message) {
    byte[] bytes = server2022();
    put(bytes, offset, value);
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> EventBytes.parse(bytes))
        .withMessage(message);
  }

  @Test
  void refusesEveryTruncation() {
    for (byte[] whole : List.of(server2022(), EventBytes.of("EventLog", 6005).toArray())) {
      for (int length = 1; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatExceptionOfType(Malformed.class)
            .as("cut to %d bytes", length)
            .isThrownBy(() -> EventBytes.parse(cut));
        if (length >= 4) {
          put(cut, 0, length);
          assertThatExceptionOfType(Malformed.class)
              .as("cut to %d bytes, and says so", length)
              .isThrownBy(() -> EventBytes.parse(cut));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2003, 2022})
  void survivesCorruption(long seed) {
    byte[] whole = seed == 2003 ? server2003() : server2022();
    Random random = new Random(seed);
    int[] refused = {0};
    int mutations = 20_000;
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < mutations; i++) {
            byte[] bytes = Corruption.of(whole, random);
            EventRecords found = EventRecords.find(bytes);
            assertThat(found.records().size() + found.skipped()).isLessThan(8);
            try {
              EventBytes.parse(bytes).forEach(event -> event.data().utf16());
            } catch (Malformed e) {
              refused[0]++;
            }
          }
        });
    assertThat(refused[0]).isBetween(mutations / 10, mutations - 1);
  }

  @Test
  void showsSidsOfEveryKind() throws Malformed {
    assertThat(user("S-1-0")).contains("S-1-0");
    assertThat(user("S-1-4294967295-7")).contains("S-1-4294967295-7");
    assertThat(user("S-1-4294967296-7")).contains("S-1-0x000100000000-7");
    assertThat(user("S-1-5" + "-7".repeat(15))).contains("S-1-5" + "-7".repeat(15));
    assertThatExceptionOfType(Malformed.class).isThrownBy(() -> user("S-1-5" + "-7".repeat(16)));
  }

  private static Optional<String> user(String sid) throws Malformed {
    return EventBytes.parse(EventBytes.of("A", 1).user(sid).toArray()).get(0).user();
  }

  private static byte[] server2003() {
    return EventBytes.answer(
        EventBytes.of("Service Control Manager", 7035)
            .number(41)
            .at(NIGHT)
            .qualifiers(0x4000)
            .user("S-1-5-21-1004336348-1177238915-4294967295-1004")
            .strings("IIS Admin Service", "start"),
        EventBytes.entered2003("IIS Admin Service", "running").number(42).at(NIGHT.plusSeconds(1)),
        EventBytes.of("EventLog", 6006)
            .number(43)
            .at(NIGHT.plusSeconds(2))
            .qualifiers(0x8000)
            .type(0)
            .data(new byte[] {(byte) 0xFF, 0, 0}));
  }

  private static byte[] server2022() {
    return EventBytes.of("Service Control Manager", 7036)
        .number(4_000_000_000L)
        .at(Instant.parse("2099-12-31T23:59:59Z"))
        .qualifiers(0x4000)
        .user("S-1-5-18")
        .strings("Простой протокол", "", "third")
        .data("SMTPSVC/4")
        .toArray();
  }

  private static void put(byte[] bytes, int offset, int value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
  }
}
