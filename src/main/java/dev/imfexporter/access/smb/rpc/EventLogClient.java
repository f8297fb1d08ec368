package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.EventLogReader.Range;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.format.EventLogWalk.Chunk;
import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A client of the EventLog Remoting Protocol (MS-EVEN) with one open log. Newer Windows accepts no
 * calls that are not sealed (2.1.1). For one thread at a time; not usable after an IOException.
 */
public final class EventLogClient implements AutoCloseable {
  private static final int NUMBER_OF_RECORDS = 4; // 3.1.4.18
  private static final int OLDEST_RECORD = 5; // 3.1.4.19
  private static final int OPEN = 7; // 3.1.4.3
  private static final int READ = 10; // 3.1.4.7

  private static final int SEQUENTIAL = 1;
  private static final int SEEK = 2;
  private static final int FORWARDS = 4;
  private static final int BACKWARDS = 8;

  /** The most that an answer may hold (2.2.7). */
  private static final int MAX_BYTES = 0x7ffff;

  private static final int FIRST_BYTES = 64 * 1024;
  private static final int OBJECT_PATH_INVALID = 0xc0000039;

  private final RpcClient rpc;
  private final byte[] handle;
  private final String log;
  private int room = FIRST_BYTES;

  private EventLogClient(RpcClient rpc, byte[] handle, String log) {
    this.rpc = rpc;
    this.handle = handle;
    this.log = log;
  }

  /**
   * Opens a log.
   *
   * @param protection {@link Protection#NONE} for calls that only the session protects
   * @throws RpcException or ACCESS_DENIED, when the host accepts sealed calls only
   */
  public static EventLogClient open(RpcTransport transport, Protection protection, String log)
      throws IOException, AccessException {
    return RpcClient.open(
        transport,
        RpcInterface.EVENTLOG,
        protection,
        rpc -> {
          NdrReader opened =
              rpc.call(
                  OPEN,
                  new NdrWriter()
                      .nullPointer()
                      .unicodeString(log, false)
                      .unicodeString("", false)
                      .u32(1)
                      .u32(1));
          byte[] handle = opened.handle();
          int status = opened.u32();
          if (status == OBJECT_PATH_INVALID) {
            throw new AccessException.Missing("The host has no event log " + log);
          }
          check(status, "OpenEventLog", log);
          return new EventLogClient(rpc, handle, log);
        });
  }

  /** See {@link dev.imfexporter.access.EventLogReader#range}. */
  public Optional<Range> range() throws IOException, AccessException {
    long count = number(NUMBER_OF_RECORDS, "GetNumberOfEventLogRecords");
    if (count == 0) {
      return Optional.empty();
    }
    long oldest = number(OLDEST_RECORD, "GetOldestEventLogRecord");
    return Optional.of(new Range(oldest, oldest + count - 1));
  }

  private long number(int operation, String function) throws IOException, AccessException {
    NdrReader answer = rpc.call(operation, new NdrWriter().handle(handle));
    int number = answer.u32();
    check(answer.u32(), function, log);
    return Integer.toUnsignedLong(number);
  }

  /** Reads whole records: the next ones or, with {@code seek}, those from a number on. */
  public Chunk read(boolean seek, boolean forwards, long number) throws IOException {
    int flags = (seek ? SEEK : SEQUENTIAL) | (forwards ? FORWARDS : BACKWARDS);
    while (true) {
      NdrReader answer =
          rpc.call(READ, new NdrWriter().handle(handle).u32(flags).u32((int) number).u32(room));
      byte[] records = answer.conformantBytes();
      int length = answer.u32();
      int needed = answer.u32();
      int code = win32(answer.u32());
      if (code == 0) {
        if (length < 0 || length > records.length) {
          throw new Malformed("The host announced more event records than it sent");
        }
        return new Chunk(0, Arrays.copyOf(records, length));
      }
      if (code != Win32Error.INSUFFICIENT_BUFFER || room == MAX_BYTES) {
        return new Chunk(code, new byte[0]);
      }
      room = Math.min(MAX_BYTES, Math.max(2 * room, Math.max(0, needed)));
    }
  }

  /** The failure that a code of {@link #read} stands for. */
  public CallFailed failedToRead(int code) {
    return failed("ReadEventLog", log, code);
  }

  private static void check(int status, String function, String log) throws CallFailed {
    if (status != 0) {
      throw failed(function, log, win32(status));
    }
  }

  private static CallFailed failed(String function, String log, int code) {
    return CallFailed.needing(
        "membership in the group Event Log Readers, or the right to read the log " + log,
        Win32Error.of(function + " " + log, code));
  }

  /** The Win32 code that Windows' own client makes of an NTSTATUS (MS-ERREF 2.3.1). */
  private static int win32(int status) {
    return switch (status) {
      case 0xc0000008 -> Win32Error.INVALID_HANDLE;
      case 0xc000000d -> Win32Error.INVALID_PARAMETER;
      case 0xc0000011 -> Win32Error.HANDLE_EOF;
      case 0xc0000022 -> Win32Error.ACCESS_DENIED;
      case 0xc0000023 -> Win32Error.INSUFFICIENT_BUFFER;
      case 0xc0000034 -> Win32Error.FILE_NOT_FOUND;
      case OBJECT_PATH_INVALID -> Win32Error.PATH_NOT_FOUND;
      case 0xc00000bb -> Win32Error.NOT_SUPPORTED;
      case 0xc000018e -> Win32Error.EVENTLOG_CANT_START;
      case 0xc0000197 -> Win32Error.EVENTLOG_FILE_CHANGED;
      default -> status;
    };
  }

  @Override
  public void close() {
    rpc.close();
  }
}
