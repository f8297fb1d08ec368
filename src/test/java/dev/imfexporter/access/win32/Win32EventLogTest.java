package dev.imfexporter.access.win32;

import static dev.imfexporter.access.EventLogReader.Direction.NEWER;
import static dev.imfexporter.access.EventLogReader.Direction.OLDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.EventLogReader.Direction;
import dev.imfexporter.access.EventLogReader.Range;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.bed.BedEvent;
import dev.imfexporter.bed.EventLogs;
import dev.imfexporter.bed.RecordedEvent;
import dev.imfexporter.bed.Win32Function;
import dev.imfexporter.bed.WindowsBed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("windows")
class Win32EventLogTest {
  private static final String LOG = "System";
  private static final BedEvent EVENT =
      BedEvent.information("Service Control Manager", 7036).strings("Some service", "running");
  private static final int MANY = 3_000;
  private static final int OPENS = 1_000;

  private final WindowsBed bed = WindowsBed.open();
  private final EventLogs logs = bed.eventLogs();
  private final WindowsHost host = WindowsHost.local();

  @BeforeEach
  void reset() {
    bed.reset();
  }

  @AfterEach
  void leaveNothing() {
    host.close();
    bed.reset();
  }

  private EventLogReader open() throws Exception {
    return host.eventLog().open(LOG);
  }

  private static List<Long> numbers(byte[] records) {
    return RecordedEvent.parse(records).stream().map(RecordedEvent::number).toList();
  }

  /** Everything from there on, by as many reads as it takes. */
  private static List<Long> readOn(EventLogReader reader, long from, Direction direction)
      throws Exception {
    List<Long> all = new ArrayList<>();
    long next = from;
    while (true) {
      List<Long> some = numbers(reader.read(next, direction));
      if (some.isEmpty()) {
        return all;
      }
      all.addAll(some);
      next = some.get(some.size() - 1) + (direction == NEWER ? 1 : -1);
    }
  }

  private static List<Long> down(long from, long to) {
    return LongStream.rangeClosed(to, from).map(i -> from + to - i).boxed().toList();
  }

  private static List<Long> up(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private static void assertCode(ThrowingCallable call, int code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CallFailed.class, failed -> assertThat(failed.error().code()).isEqualTo(code));
  }

  @Test
  void anEmptyLog() throws Exception {
    try (EventLogReader reader = open()) {
      assertThat(reader.range()).isEmpty();
      assertThat(reader.read(1, NEWER)).isEmpty();
      assertThat(reader.read(1, OLDER)).isEmpty();
    }
  }

  @Test
  void bothWaysOverManyRecords() throws Exception {
    logs.append(LOG, EVENT, MANY);
    try (EventLogReader reader = open()) {
      assertThat(reader.range()).contains(new Range(1, MANY));
      assertThat(readOn(reader, MANY, OLDER)).isEqualTo(down(MANY, 1));
      assertThat(readOn(reader, 1, NEWER)).isEqualTo(up(1, MANY));
      assertThat(readOn(reader, 2_000, NEWER)).isEqualTo(up(2_000, MANY));
      assertThat(reader.read(MANY + 1, NEWER)).isEmpty();
      assertThat(reader.read(0, OLDER)).isEmpty();
    }
  }

  @Test
  void whatIsWrittenLaterIsReadByTheSameReader() throws Exception {
    bed.stop("SMTPSVC");
    try (EventLogReader reader = open()) {
      assertThat(readOn(reader, 1, NEWER)).containsExactly(1L);
      bed.start("SMTPSVC");

      List<RecordedEvent> started = RecordedEvent.parse(reader.read(2, NEWER));
      assertThat(started).isEqualTo(logs.read(LOG).subList(1, 2));
      assertThat(started).extracting(RecordedEvent::text).containsExactly("SMTPSVC/4");
    }
  }

  @Test
  void aSequentialReadDoesNotSeek() throws Exception {
    logs.append(LOG, EVENT, MANY);
    try (EventLogReader reader = open()) {
      List<Long> first = numbers(reader.read(1, NEWER));
      bed.fault(Win32Function.READ_EVENT_LOG, LOG + " seek", Win32Error.ACCESS_DENIED);

      long next = first.get(first.size() - 1) + 1;
      assertThat(numbers(reader.read(next, NEWER))).startsWith(next);
    }
  }

  @Test
  void theBufferGrowsToALargeRecord() throws Exception {
    logs.append(LOG, EVENT);
    logs.appendLarge(LOG, EVENT.strings("x".repeat(999)), 100);
    logs.append(LOG, EVENT);
    try (EventLogReader reader = open()) {
      assertThat(readOn(reader, 1, NEWER)).containsExactly(1L, 2L, 3L);
      assertThat(reader.read(2, OLDER)).hasSizeGreaterThan(200_000);
    }
  }

  @Test
  void butNotForEver() throws Exception {
    logs.append(LOG, EVENT);
    bed.fault(Win32Function.READ_EVENT_LOG, LOG, Win32Error.INSUFFICIENT_BUFFER);
    try (EventLogReader reader = open()) {
      assertCode(() -> reader.read(1, NEWER), Win32Error.INSUFFICIENT_BUFFER);
    }
  }

  @Test
  void clearedUnderTheReader() throws Exception {
    logs.append(LOG, EVENT, 3);
    try (EventLogReader reader = open()) {
      reader.read(1, NEWER);
      logs.clear(LOG);
      logs.append(LOG, EVENT, 5);

      assertThatThrownBy(() -> reader.read(4, NEWER))
          .isInstanceOf(CallFailed.class)
          .hasMessageStartingWith("ReadEventLog System failed: ")
          .hasMessageEndingWith(
              "(1503). The log was cleared or overwritten meanwhile: open it anew");
      assertCode(() -> reader.read(1, NEWER), Win32Error.EVENTLOG_FILE_CHANGED);
    }
    try (EventLogReader anew = open()) {
      assertThat(readOn(anew, 1, NEWER)).isEqualTo(up(1, 5));
    }
  }

  @Test
  void aLogThatLostItsOldest() throws Exception {
    logs.append(LOG, EVENT, 20);
    logs.wrap(LOG, 10);
    try (EventLogReader reader = open()) {
      assertThat(reader.range()).contains(new Range(11, 20));
      assertThat(reader.read(10, NEWER)).isEmpty();
      assertThat(readOn(reader, 11, NEWER)).isEqualTo(up(11, 20));
      assertThat(readOn(reader, 20, OLDER)).isEqualTo(down(20, 11));
    }
  }

  @Test
  void overwrittenUnderTheReader() throws Exception {
    logs.append(LOG, EVENT, MANY);
    try (EventLogReader reader = open()) {
      List<Long> first = numbers(reader.read(1, NEWER));
      logs.wrap(LOG, MANY - 1);

      assertCode(
          () -> reader.read(first.get(first.size() - 1) + 1, NEWER),
          Win32Error.EVENTLOG_FILE_CHANGED);
    }
  }

  /** KB177199. */
  @Test
  void aSeekThatFailsThoughTheRecordIsThere() throws Exception {
    logs.append(LOG, EVENT, MANY);
    bed.fault(Win32Function.READ_EVENT_LOG, LOG + " seek", Win32Error.INVALID_PARAMETER);
    int handles = OpenHandles.ofRegistryAndServices();
    try (EventLogReader reader = open()) {
      assertThat(readOn(reader, 1_500, NEWER)).isEqualTo(up(1_500, MANY));
      assertThat(readOn(reader, 1_500, OLDER)).isEqualTo(down(1_500, 1));
      assertThat(reader.read(MANY + 1, NEWER)).isEmpty();
    }
    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(handles);
  }

  @Test
  void refusedNamesTheGroup() {
    bed.fault(Win32Function.OPEN_EVENT_LOG, LOG, Win32Error.ACCESS_DENIED);

    assertThatThrownBy(this::open)
        .isInstanceOf(CallFailed.class)
        .hasMessageStartingWith("OpenEventLog System failed: ")
        .hasMessageContaining("The account needs membership in the group Event Log Readers");
  }

  @Test
  void everyCallTellsItsFailure() throws Exception {
    logs.append(LOG, EVENT);
    try (EventLogReader reader = open()) {
      bed.fault(Win32Function.GET_OLDEST_EVENT_LOG_RECORD, LOG, 1722);
      assertThatThrownBy(reader::range).hasMessageContaining("GetOldestEventLogRecord System");
      bed.fault(Win32Function.GET_NUMBER_OF_EVENT_LOG_RECORDS, LOG, 1722);
      assertThatThrownBy(reader::range).hasMessageContaining("GetNumberOfEventLogRecords System");
      bed.fault(Win32Function.READ_EVENT_LOG, LOG, 1722);
      assertCode(() -> reader.read(1, NEWER), 1722);
    }
  }

  @Test
  void aHangingReadHoldsOnlyTheThreadThatAsked() throws Exception {
    logs.append(LOG, EVENT);
    bed.hang(Win32Function.READ_EVENT_LOG, LOG);
    CompletableFuture<List<Long>> answer = new CompletableFuture<>();
    Thread abandoned =
        new Thread(
            () -> {
              try (EventLogReader reader = open()) {
                answer.complete(numbers(reader.read(1, NEWER)));
              } catch (Exception e) {
                answer.completeExceptionally(e);
              }
            });
    abandoned.setDaemon(true);
    abandoned.start();

    assertThatThrownBy(() -> answer.get(500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(host.services().status("SMTPSVC")).isPresent();

    bed.noFault(Win32Function.READ_EVENT_LOG, LOG);
    assertThat(answer.get(20, TimeUnit.SECONDS)).containsExactly(1L);
  }

  @Test
  void anotherMachine() throws Exception {
    logs.append(LOG, EVENT, 2);
    try (WindowsHost other = WindowsHost.remote("localhost");
        EventLogReader reader = other.eventLog().open(LOG)) {
      assertThat(readOn(reader, 1, NEWER)).containsExactly(1L, 2L);
      bed.fault(Win32Function.READ_EVENT_LOG, LOG, 1722);
      assertThatThrownBy(() -> reader.read(1, NEWER))
          .hasMessageStartingWith("ReadEventLog System of \\\\localhost failed: ");
    }
  }

  @Test
  void manyOpensLeaveNoHandle() throws Exception {
    logs.append(LOG, EVENT, 10);
    int handles = OpenHandles.ofRegistryAndServices();
    int kernel = OpenHandles.ofKernel();
    for (int i = 0; i < OPENS; i++) {
      try (EventLogReader reader = open()) {
        assertThat(reader.read(1, NEWER)).isNotEmpty();
      }
    }

    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(handles);
    assertThat(OpenHandles.ofKernel()).isLessThan(kernel + OPENS / 10);
  }

  /** How long a start takes that looks back over a large log. */
  @Test
  void aHundredThousandRecords() throws Exception {
    logs.append(LOG, EVENT, 100_000);
    try (EventLogReader reader = open()) {
      long begin = System.nanoTime();
      assertThat(readOn(reader, 100_000, OLDER)).hasSize(100_000);
      System.out.printf("100,000 records: %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    }
  }
}
