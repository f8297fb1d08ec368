package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
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
import dev.imfexporter.access.smb.rpc.Protection;
import dev.imfexporter.access.smb.rpc.RpcException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event logs through MS-EVEN. Calls are sealed from the moment that the host refuses one that
 * is not. Thread-safe.
 */
final class SmbEventLog implements EventLog {
  private final SmbConnection connection;
  private volatile boolean sealed;

  SmbEventLog(SmbConnection connection) {
    this.connection = connection;
  }

  @Override
  public EventLogReader open(String log) throws AccessException {
    return new EventLogWalk(new OpenLog(log, client(log)));
  }

  private EventLogClient client(String log) throws AccessException {
    SmbConnection.Opened on = connection.open();
    if (sealed) {
      return client(on, log, true);
    }
    try {
      return client(on, log, false);
    } catch (AccessException e) {
      if (e.reason() != ErrorReason.RIGHTS && e.reason() != ErrorReason.PROTOCOL) {
        throw e;
      }
      EventLogClient client = client(on, log, true);
      sealed = true;
      return client;
    }
  }

  private EventLogClient client(SmbConnection.Opened on, String log, boolean seal)
      throws AccessException {
    try {
      return EventLogClient.open(on.rpc(), seal ? on.session().sealing() : Protection.NONE, log);
    } catch (IOException | RuntimeException e) {
      if (e instanceof RpcException.Fault fault && fault.denied()) {
        throw CallFailed.needing(
            "membership in the group Event Log Readers",
            Win32Error.of("OpenEventLog " + log, Win32Error.ACCESS_DENIED));
      }
      connection.failed(on.session(), e);
      throw Failures.of(e, connection.config());
    }
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
      return call(EventLogClient::range);
    }

    @Override
    public Chunk read(@Nullable Long number, Direction direction) throws AccessException {
      boolean newer = direction == Direction.NEWER;
      return call(open -> open.read(number != null, newer, number == null ? 0 : number));
    }

    private <T> T call(RpcChannel.Call<EventLogClient, T> call) throws AccessException {
      try {
        return call.on(client);
      } catch (IOException | RuntimeException e) {
        AccessException why = Failures.of(e, connection.config());
        connection.noteTampering(why);
        throw why;
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
