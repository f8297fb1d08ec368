package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLogReader.Range;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.format.EventLogWalk.Chunk;
import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The EventLog Remoting Protocol (MS-EVEN), one open log. Newer Windows wants the calls sealed
 * (2.1.1). For one thread at a time; after an IOException it is of no more use.
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
   * @param identity who seals the calls; empty for calls that only the session protects
   * @throws RpcException or an access denied, when the host wants them sealed
   */
  public static EventLogClient open(
      PipeOpener pipes,
      Optional<NtlmIdentity> identity,
      String log,
      Duration timeout,
      LongSupplier nanoTime)
      throws IOException, AccessException {
    Protection protection = identity.<Protection>map(NtlmSealing::new).orElse(Protection.NONE);
    return open(pipes, protection, log, timeout, nanoTime);
  }

  private static EventLogClient open(
      PipeOpener pipes, Protection protection, String log, Duration timeout, LongSupplier nanoTime)
      throws IOException, AccessException {
    RpcClient rpc =
        RpcClient.bind(
            pipes.open(RpcInterface.EVENTLOG.pipe()),
            RpcInterface.EVENTLOG,
            protection,
            timeout,
            nanoTime);
    try {
      NdrReader opened =
          rpc.call(
              OPEN,
              new NdrWriter()
                  .nothing()
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
    } catch (IOException | AccessException | RuntimeException e) {
      rpc.close();
      throw e;
    }
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

  /** Whole records: the next ones, or those from a number on. */
  public Chunk read(boolean seek, boolean forwards, long number) throws IOException {
    int flags = (seek ? SEEK : SEQUENTIAL) | (forwards ? FORWARDS : BACKWARDS);
    while (true) {
      NdrReader answer =
          rpc.call(READ, new NdrWriter().handle(handle).u32(flags).u32((int) number).u32(room));
      byte[] records = answer.conformantBytes();
      int length = answer.u32();
      int needed = answer.u32();
      int code = Codes.win32(answer.u32());
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

  /** What a code that {@link #read} brought says. */
  public AccessException failedToRead(int code) {
    return Codes.failed("ReadEventLog " + log, code, right(log));
  }

  private static void check(int status, String function, String log) throws AccessException {
    if (status != 0) {
      throw Codes.failed(function + " " + log, Codes.win32(status), right(log));
    }
  }

  private static String right(String log) {
    return "membership in the group Event Log Readers, or the right to read the log " + log;
  }

  @Override
  public void close() {
    rpc.close();
  }
}
