package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.EventLogReader.Direction;
import dev.imfexporter.access.EventLogReader.Range;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.format.EventLogWalk;
import dev.imfexporter.access.format.EventLogWalk.Chunk;
import dev.imfexporter.access.smb.rpc.EventLogClient;
import dev.imfexporter.access.smb.rpc.RpcException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event logs through MS-EVEN. Whether a host wants the calls sealed shows when it refuses plain
 * ones, and is then remembered. Thread-safe.
 */
final class SmbEventLog implements EventLog {
  private final SmbLink link;
  private volatile boolean sealed;

  SmbEventLog(SmbLink link) {
    this.link = link;
  }

  @Override
  public EventLogReader open(String log) throws AccessException {
    return new EventLogWalk(new OpenLog(log, client(log)));
  }

  private EventLogClient client(String log) throws AccessException {
    SmbLink.Opened on = link.open();
    if (sealed) {
      return client(on, log, true);
    }
    try {
      return client(on, log, false);
    } catch (AccessException e) {
      if (!denied(e)) {
        throw e;
      }
      EventLogClient client = client(on, log, true);
      sealed = true;
      return client;
    }
  }

  private EventLogClient client(SmbLink.Opened on, String log, boolean seal)
      throws AccessException {
    try {
      return EventLogClient.open(
          on.session(),
          seal ? Optional.of(on.identity()) : Optional.empty(),
          log,
          link.target().timeout(),
          link.nanoTime());
    } catch (IOException | RuntimeException e) {
      if (e instanceof RpcException.Fault fault && fault.denied()) {
        throw new AccessException.CallFailed(
            new Win32Error("OpenEventLog " + log, Win32Error.ACCESS_DENIED, "Access is denied"),
            "The account needs membership in the group Event Log Readers");
      }
      throw failed(on, e);
    }
  }

  private static boolean denied(AccessException e) {
    if (e instanceof AccessException.CallFailed failed) {
      return failed.error().code() == Win32Error.ACCESS_DENIED;
    }
    return e instanceof AccessException.NotReached reached
        && reached.inAWord() == ErrorReason.PROTOCOL;
  }

  private AccessException failed(SmbLink.Opened on, Exception e) {
    link.failed(on.session(), e);
    return Failures.of(e, link.target());
  }

  private final class OpenLog implements EventLogWalk.Log {
    private final String log;
    private EventLogClient client;

    OpenLog(String log, EventLogClient client) {
      this.log = log;
      this.client = client;
    }

    @Override
    public Optional<Range> range() throws AccessException {
      try {
        return client.range();
      } catch (IOException | RuntimeException e) {
        throw Failures.of(e, link.target());
      }
    }

    @Override
    public Chunk read(@Nullable Long number, Direction direction) throws AccessException {
      try {
        return client.read(
            number != null, direction == Direction.NEWER, number == null ? 0 : number);
      } catch (IOException | RuntimeException e) {
        throw Failures.of(e, link.target());
      }
    }

    @Override
    public AccessException failedToRead(int code) {
      return client.failedToRead(code);
    }

    @Override
    public void reopen() throws AccessException {
      EventLogClient fresh = client(log);
      client.close();
      client = fresh;
    }

    @Override
    public void close() {
      client.close();
    }
  }

  @Override
  public Subscription onWritten(String log, Runnable written) throws AccessException {
    throw new AccessException.Unsupported("Windows reports new events only on the machine itself");
  }
}
