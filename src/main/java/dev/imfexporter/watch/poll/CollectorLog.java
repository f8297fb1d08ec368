package dev.imfexporter.watch.poll;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Logs when a collector of a host begins to fail and when it succeeds again. A reason that several
 * collectors share, such as a host that is down, is logged for the first of them only. Thread-safe.
 */
final class CollectorLog {
  private static final System.Logger LOG = System.getLogger(CollectorLog.class.getName());

  private final String host;
  private boolean closed;

  /** Why those collectors fail whose failure was logged. */
  private final Map<CollectorKey<?>, String> logged = new HashMap<>();

  CollectorLog(String host) {
    this.host = host;
  }

  String host() {
    return host;
  }

  /** Logs nothing more: collectors of a closed access fail, and that is no failure of the host. */
  synchronized void close() {
    closed = true;
  }

  synchronized void ended(CollectorKey<?> key, Result<?> result) {
    boolean failed = result instanceof Result.Failed;
    if (closed) {
      return;
    }
    if (!failed && !(result instanceof Result.Ok)) {
      return;
    }
    String name = "%s: reading %s".formatted(host, key);
    Optional<String> why = result.reason();
    if (why.isEmpty()) {
      if (logged.remove(key) != null) {
        LOG.log(Level.INFO, name + " succeeds");
      }
    } else if (!why.get().equals(logged.get(key))) {
      boolean known = logged.containsValue(why.get());
      if (known) {
        logged.remove(key);
      } else {
        logged.put(key, why.get());
      }
      LOG.log(
          known ? Level.DEBUG : Level.WARNING,
          name + (failed ? " failed: " : " is incomplete: ") + why.get());
    }
  }
}
