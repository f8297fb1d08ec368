package dev.imfexporter.access.win32;

import com.sun.jna.Memory;
import com.sun.jna.platform.win32.WinNT;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLogReader.Direction;
import dev.imfexporter.access.EventLogReader.Range;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.format.EventLogWalk;
import dev.imfexporter.access.format.EventLogWalk.Chunk;
import dev.imfexporter.access.win32.EventLogHandle.Read;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event log through ReadEventLog. */
final class Win32EventLogReader implements EventLogWalk.Log {
  private static final int FIRST_BYTES = 64 * 1024;

  /** The largest buffer that ReadEventLog accepts. */
  private static final int MAX_BYTES = 0x7ffff;

  private static final byte[] NOTHING = {};

  private final @Nullable String machine;
  private final String log;
  private EventLogHandle handle;
  private Memory buffer = new Memory(FIRST_BYTES);

  private Win32EventLogReader(@Nullable String machine, String log, EventLogHandle handle) {
    this.machine = machine;
    this.log = log;
    this.handle = handle;
  }

  static EventLogWalk open(@Nullable String machine, String log) throws AccessException {
    return new EventLogWalk(
        new Win32EventLogReader(machine, log, EventLogHandle.open(machine, log)));
  }

  @Override
  public Optional<Range> range() throws AccessException {
    return handle.range();
  }

  /** Grows the buffer to what the next record needs. */
  @Override
  public Chunk read(@Nullable Long number, Direction direction) {
    int flags =
        (number == null ? WinNT.EVENTLOG_SEQUENTIAL_READ : WinNT.EVENTLOG_SEEK_READ)
            | flag(direction);
    while (true) {
      int size = (int) buffer.size();
      Read read = handle.read(flags, number == null ? 0 : number, buffer, size);
      if (read.code() != Win32Error.INSUFFICIENT_BUFFER || size == MAX_BYTES) {
        return read.bytes() > size
            ? new Chunk(Win32Error.INSUFFICIENT_BUFFER, NOTHING)
            : chunk(read);
      }
      buffer.close();
      buffer = new Memory(Math.min(MAX_BYTES, Math.max(2 * size, read.bytes())));
    }
  }

  private Chunk chunk(Read read) {
    return new Chunk(
        read.code(), read.code() == 0 ? buffer.getByteArray(0, read.bytes()) : NOTHING);
  }

  @Override
  public AccessException failedToRead(int code) {
    return handle.failedToRead(code);
  }

  @Override
  public void reopen() throws AccessException {
    EventLogHandle fresh = EventLogHandle.open(machine, log);
    handle.close();
    handle = fresh;
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
