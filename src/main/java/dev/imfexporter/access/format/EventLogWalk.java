package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.Win32Error;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event log by the rules of ReadEventLog, which MS-EVEN shares. Seeks only for a jump: in
 * a large log a seek reads through the file, and on old Windows it may fail with 87 although the
 * record exists (<a href="https://support.microsoft.com/kb/177199">KB177199</a>).
 */
public final class EventLogWalk implements EventLogReader {
  private static final byte[] NOTHING = {};

  private final Log log;
  private @Nullable Direction direction;
  private long next;

  /** An open log. For one thread at a time. */
  public interface Log extends AutoCloseable {
    Optional<Range> range() throws AccessException;

    /**
     * Whole records.
     *
     * @param number where to seek; null to read on from where the last call ended, or from that end
     *     of the log at which the direction begins
     */
    Chunk read(@Nullable Long number, Direction direction) throws AccessException;

    /** The failure that a code of {@link #read} stands for. */
    AccessException failedToRead(int code);

    /** Opens the log anew, to read from one of its ends. */
    void reopen() throws AccessException;

    @Override
    void close();
  }

  /**
   * The answer to one call.
   *
   * @param code the Win32 code; 0 with records
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  public record Chunk(int code, byte[] records) {}

  /**
   * @param log is closed with this
   */
  public EventLogWalk(Log log) {
    this.log = log;
  }

  @Override
  public Optional<Range> range() throws AccessException {
    return log.range();
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
    Chunk read = log.read(null, wanted);
    return switch (read.code()) {
      case 0 -> read.records();
      case Win32Error.HANDLE_EOF -> NOTHING;
      default -> throw log.failedToRead(read.code());
    };
  }

  private byte[] seek(long from, Direction wanted) throws AccessException {
    direction = null;
    Chunk read = log.read(from, wanted);
    return switch (read.code()) {
      case 0 -> read.records();
      case Win32Error.HANDLE_EOF -> NOTHING;
      case Win32Error.INVALID_PARAMETER -> holds(from) ? search(from, wanted) : NOTHING;
      default -> throw log.failedToRead(read.code());
    };
  }

  private boolean holds(long number) throws AccessException {
    return range().filter(has -> number >= has.oldest() && number <= has.newest()).isPresent();
  }

  /** The workaround of KB177199: reads from an end of the log until the record comes. */
  private byte[] search(long from, Direction wanted) throws AccessException {
    log.reopen();
    while (true) {
      byte[] records = sequential(wanted);
      if (records.length == 0) {
        throw log.failedToRead(Win32Error.INVALID_PARAMETER);
      }
      byte[] found = RecordChain.from(records, from);
      if (found.length > 0) {
        return found;
      }
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
