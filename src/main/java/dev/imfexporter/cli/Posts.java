package dev.imfexporter.cli;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.watch.CallThreads;
import dev.imfexporter.watch.CallTimer;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.Scheduler;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import java.util.concurrent.Executor;

/** Begins to watch hosts, with what they share. */
final class Posts {
  /**
   * Far more than calls that are under way at any moment. Hosts that fall silent all at once take
   * about three each, for the few seconds of a timeout; when all are taken, calls queue.
   */
  private static final int CALLS = 256;

  private final Storage storage;
  private final LoginGates gates;
  private final TimeSource time;
  private final CallTimer timer;
  private final Executor shared = CallThreads.atMost(CALLS);
  private final Scheduler single = Scheduler.system();
  private final Scheduler spread = Scheduler.spread();

  Posts(Storage storage, LoginGates gates, TimeSource time, CallTimer timer) {
    this.storage = storage;
    this.gates = gates;
    this.time = time;
    this.timer = timer;
  }

  /**
   * Begins to watch a host.
   *
   * @param oneOfMany whether it is to begin somewhere within its interval
   */
  Post open(HostConfig host, boolean oneOfMany) throws CannotStart {
    HostAccess access = HostSetup.open(host, gates);
    FactStore facts = storage.facts(host.name());
    HostWatcher watcher =
        HostWatcher.start(
            HostSetup.plan(host),
            access,
            facts,
            calls(host.access()),
            oneOfMany ? spread : single,
            time,
            timer);
    return new Post(host, access, facts, watcher);
  }

  /** A Win32 call may block for ever, and then takes no thread from other hosts. */
  private Executor calls(AccessKind access) {
    return switch (access) {
      case LOCAL, WIN32 -> HostSetup.calls();
      case SMB, DEMO -> shared;
    };
  }
}
