package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.AccessException.NotReached.Reason;
import dev.imfexporter.access.smb.rpc.NtlmIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one session with a host: opened when it is first needed, and anew after its loss, not more
 * often than every few seconds. A refused log-in is not repeated for half an hour unless the secret
 * changes, so that no account is locked by us. Thread-safe.
 */
final class SmbLink implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration REFUSED = Duration.ofMinutes(30);
  private static final double JITTER = 0.2;

  private final Target target;
  private final LongSupplier nanoTime;
  private @Nullable Opened opened;
  private @Nullable AccessException failure;
  private long failedAt;
  private Duration pause = Duration.ZERO;
  private int refusedSecret;
  private boolean closed;

  /** A session and who has it. */
  record Opened(SmbSession session, NtlmIdentity identity) {}

  SmbLink(Target target, LongSupplier nanoTime) {
    this.target = target;
    this.nanoTime = nanoTime;
  }

  Target target() {
    return target;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  /** The session; waits for whoever is opening it. */
  synchronized Opened open() throws AccessException {
    if (closed) {
      throw new IllegalStateException("This access is closed");
    }
    Opened now = opened;
    if (now != null && now.session().alive()) {
      return now;
    }
    drop();
    Login login = target.login().read();
    try {
      return open(login);
    } finally {
      login.wipe();
    }
  }

  private Opened open(Login login) throws AccessException {
    int secret = Arrays.hashCode(login.password());
    AccessException last = failure;
    boolean waits = Duration.ofNanos(nanoTime.getAsLong() - failedAt).compareTo(pause) < 0;
    if (last != null && waits && !(refused(last) && secret != refusedSecret)) {
      throw last;
    }
    try {
      Opened fresh = new Opened(SmbSession.open(target, login), login.identity());
      opened = fresh;
      failure = null;
      pause = Duration.ZERO;
      return fresh;
    } catch (IOException | AccessException | RuntimeException e) {
      AccessException why = Failures.of(e, target);
      failure = why;
      failedAt = nanoTime.getAsLong();
      refusedSecret = secret;
      pause = refused(why) ? REFUSED : longer(pause);
      throw why;
    }
  }

  private static boolean refused(AccessException failure) {
    return failure instanceof NotReached reached && reached.reason() == Reason.AUTH;
  }

  private static Duration longer(Duration pause) {
    Duration next = pause.multipliedBy(2);
    next = next.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : next;
    next = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofMillis(Math.round(next.toMillis() * jitter));
  }

  /** Gives up a session that no longer answers, unless it has been replaced already. */
  synchronized void lost(SmbSession session) {
    Opened now = opened;
    if (now != null && now.session() == session) {
      drop();
    }
  }

  private void drop() {
    Opened old = opened;
    opened = null;
    if (old != null) {
      old.session().abandon();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Opened last = opened;
    opened = null;
    if (last != null) {
      last.session().close();
    }
  }
}
