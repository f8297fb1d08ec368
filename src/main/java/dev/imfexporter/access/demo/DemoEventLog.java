package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.Unsupported;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.Subscription;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** The system log; all others are empty. */
final class DemoEventLog implements EventLog {
  /** The buffer with which Win32 and SMB accesses begin to read a log. */
  private static final int ANSWER = 1 << 16;

  private final DemoHost host;
  private final StoryLog log;

  DemoEventLog(DemoHost host, StoryLog log) {
    this.host = host;
    this.log = log;
  }

  @Override
  public EventLogReader open(String name) throws AccessException {
    host.elapsed("OpenEventLog " + name);
    return new Records(name);
  }

  @Override
  public Subscription onWritten(String name, Runnable written) throws Unsupported {
    throw new Unsupported("The demo is polled");
  }

  private final class Records implements EventLogReader {
    private final String name;

    Records(String name) {
      this.name = name;
    }

    @Override
    public Optional<Range> range() throws AccessException {
      long newest = newest();
      return newest == 0 ? Optional.empty() : Optional.of(new Range(1, newest));
    }

    @Override
    public byte[] read(long from, Direction direction) throws AccessException {
      long newest = newest();
      int step = direction == Direction.NEWER ? 1 : -1;
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      for (long number = from; number >= 1 && number <= newest; number += step) {
        StoryLog.Written written = log.record(number);
        byte[] bytes =
            EventRecordWriter.write(
                number, host.time(written.at()), written.event(), DemoHost.COMPUTER);
        if (answer.size() + bytes.length > ANSWER) {
          break;
        }
        answer.writeBytes(bytes);
      }
      return answer.toByteArray();
    }

    @Override
    public void close() {}

    private long newest() throws AccessException {
      long newest = log.newest(host.elapsed("ReadEventLog " + name));
      return name.equalsIgnoreCase(SYSTEM) ? newest : 0;
    }
  }
}
