package dev.imfexporter.access.win32;

import com.sun.jna.Memory;
import com.sun.jna.platform.win32.WinNT;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.win32.EventLogHandle.Read;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event log as ReadEventLog gives it. Seeks only for a jump: in a large log a seek walks through
 * the file, and on old Windows it may fail with 87 though the record is there (<a
 * href="https://support.microsoft.com/kb/177199">KB177199</a>).
 */
final class Win32EventLogReader implements EventLogReader {
  private static final int FIRST_BYTES = 64 * 1024;

  /** The most that ReadEventLog takes. */
  private static final int MAX_BYTES = 0x7ffff;

  private static final byte[] NOTHING = {};

  private final @Nullable String machine;
  private final String log;
  private EventLogHandle handle;
  private Memory buffer = new Memory(FIRST_BYTES);

  private @Nullable Direction direction;
  private long next;

  private Win32EventLogReader(@Nullable String machine, String log, EventLogHandle handle) {
    this.machine = machine;
    this.log = log;
    this.handle = handle;
  }

  static Win32EventLogReader open(@Nullable String machine, String log) throws AccessException {
    return new Win32EventLogReader(machine, log, EventLogHandle.open(machine, log));
  }

  @Override
  public Optional<Range> range() throws AccessException {
    return handle.range();
  }

  @Override
  public byte[] read(long from, Direction wanted) throws AccessException {
    boolean goesOn = wanted == direction && from == next;
    byte[] records = goesOn ? sequential(wanted) : NOTHING;
    if (goesOn && records.length == 0) {
      return NOTHING;
    }
    if (records.length == 0 || RecordChain.firstNumber(records) != from) {
      records = seek(from, wanted);
    }
    if (records.length > 0) {
      direction = wanted;
      next = RecordChain.lastNumber(records) + (wanted == Direction.NEWER ? 1 : -1);
    }
    return records;
  }

  private byte[] sequential(Direction wanted) throws AccessException {
    Read read = read(WinNT.EVENTLOG_SEQUENTIAL_READ | flag(wanted), 0);
    return switch (read.code()) {
      case 0 -> buffer.getByteArray(0, read.bytes());
      case Win32Error.HANDLE_EOF -> NOTHING;
      default -> throw handle.failedToRead(read.code());
    };
  }

  private byte[] seek(long from, Direction wanted) throws AccessException {
    direction = null;
    Read read = read(WinNT.EVENTLOG_SEEK_READ | flag(wanted), from);
    return switch (read.code()) {
      case 0 -> buffer.getByteArray(0, read.bytes());
      case Win32Error.HANDLE_EOF -> NOTHING;
      case Win32Error.INVALID_PARAMETER -> holds(from) ? search(from, wanted) : NOTHING;
      default -> throw handle.failedToRead(read.code());
    };
  }

  private boolean holds(long number) throws AccessException {
    return range().filter(has -> number >= has.oldest() && number <= has.newest()).isPresent();
  }

  /** The cure of KB177199: to read from an end of the log until the record comes. */
  private byte[] search(long from, Direction wanted) throws AccessException {
    EventLogHandle fresh = EventLogHandle.open(machine, log);
    handle.close();
    handle = fresh;
    while (true) {
      byte[] records = sequential(wanted);
      if (records.length == 0) {
        throw handle.failedToRead(Win32Error.INVALID_PARAMETER);
      }
      byte[] found = RecordChain.from(records, from);
      if (found.length > 0) {
        return found;
      }
    }
  }

  /** Grows the buffer to what the next record needs. */
  private Read read(int flags, long number) {
    while (true) {
      int size = (int) buffer.size();
      Read read = handle.read(flags, number, buffer, size);
      if (read.code() != Win32Error.INSUFFICIENT_BUFFER || size == MAX_BYTES) {
        return read.bytes() > size ? new Read(Win32Error.INSUFFICIENT_BUFFER, 0) : read;
      }
      buffer.close();
      buffer = new Memory(Math.min(MAX_BYTES, Math.max(2 * size, read.bytes())));
    }
  }

  private static int flag(Direction direction) {
    return switch (direction) {
      case NEWER -> WinNT.EVENTLOG_FORWARDS_READ;
      case OLDER -> WinNT.EVENTLOG_BACKWARDS_READ;
    };
  }

  @Override
  public void close() {
    handle.close();
    buffer.close();
  }
}
