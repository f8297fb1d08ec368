package dev.imfexporter.access;

import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.format.EventBytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Event logs in memory, as bytes. What is wrong with them is told by the test. */
public final class FakeEventLog implements EventLog {

  /** ERROR_EVENTLOG_FILE_CHANGED. */
  public static final int FILE_CHANGED = 1503;

  private final Map<String, Log> logs = new HashMap<>();
  private int answerBytes = 0x10000;
  private int reads;
  private int opened;

  private static final class Log {
    private final List<byte[]> records = new ArrayList<>();
    private long oldest = 1;
    private Optional<AccessException> failure = Optional.empty();
    private int failsAfter;
    private boolean failsOnce;
    private Runnable beforeRead = () -> {};

    long newest() {
      return oldest + records.size() - 1;
    }

    void check() throws AccessException {
      if (failure.isPresent() && failsAfter-- <= 0) {
        AccessException thrown = failure.get();
        failure = failsOnce ? Optional.empty() : failure;
        throw thrown;
      }
    }
  }

  /** Writes a record, with the log's next number. */
  public long write(String log, EventBytes event) {
    Log to = log(log);
    long number = to.newest() + 1;
    to.records.add(event.number(number).toArray());
    return number;
  }

  /** Puts these bytes in the place of a record. */
  public void damage(String log, long number, byte[] bytes) {
    log(log).records.set((int) (number - log(log).oldest), bytes);
  }

  /** Empties a log, which then numbers from 1 again. */
  public void clear(String log) {
    log(log).records.clear();
    log(log).oldest = 1;
  }

  /** Lets a log lose its oldest records. */
  public void wrap(String log, int lost) {
    log(log).records.subList(0, lost).clear();
    log(log).oldest += lost;
  }

  /** Fails every call for a log from now on; empty mends it. */
  public void fail(String log, Optional<AccessException> failure) {
    log(log).failure = failure;
    log(log).failsAfter = 0;
    log(log).failsOnce = false;
  }

  /** Fails one read of a log, after so many good ones. */
  public void failOnce(String log, int after, int code) {
    fail(log, Optional.of(new CallFailed(new Win32Error("ReadEventLog " + log, code, "Told to"))));
    log(log).failsAfter = after;
    log(log).failsOnce = true;
  }

  /** What happens to the log before each read of it. */
  public void beforeRead(String log, Runnable action) {
    log(log).beforeRead = action;
  }

  /** How many bytes an answer has at most; one record is always given. */
  public void answerBytes(int most) {
    answerBytes = most;
  }

  public int reads() {
    return reads;
  }

  /** How many readers are open. */
  public int opened() {
    return opened;
  }

  @Override
  public EventLogReader open(String log) throws AccessException {
    Log opening = log(log);
    if (!opening.failsOnce) {
      opening.check();
    }
    opened++;
    return new Reader(opening);
  }

  @Override
  public Subscription onWritten(String log, Runnable written) throws AccessException {
    throw new AccessException.Unsupported("The fake pushes nothing");
  }

  /** A host that has nothing but these logs. */
  public HostAccess host() {
    return new OnlyEvents(this);
  }

  private Log log(String name) {
    return logs.computeIfAbsent(name, any -> new Log());
  }

  private final class Reader implements EventLogReader {
    private final Log log;

    private Reader(Log log) {
      this.log = log;
    }

    @Override
    public Optional<Range> range() {
      return log.records.isEmpty()
          ? Optional.empty()
          : Optional.of(new Range(log.oldest, log.newest()));
    }

    @Override
    public byte[] read(long from, Direction direction) throws AccessException {
      reads++;
      log.beforeRead.run();
      log.check();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      int step = direction == Direction.NEWER ? 1 : -1;
      for (long n = from; n >= log.oldest && n <= log.newest(); n += step) {
        byte[] record = log.records.get((int) (n - log.oldest));
        if (answer.size() > 0 && answer.size() + record.length > answerBytes) {
          break;
        }
        answer.writeBytes(record);
      }
      return answer.toByteArray();
    }

    @Override
    public void close() {
      opened--;
    }
  }

  private record OnlyEvents(EventLog eventLog) implements HostAccess {
    @Override
    public AccessKind kind() {
      return AccessKind.DEMO;
    }

    @Override
    public ServiceControl services() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Registry registry() {
      throw new UnsupportedOperationException();
    }

    @Override
    public PerformanceData performanceData() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Files files() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Volumes volumes() {
      throw new UnsupportedOperationException();
    }

    @Override
    public HostClock clock() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Modules modules() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Tcp tcp() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
