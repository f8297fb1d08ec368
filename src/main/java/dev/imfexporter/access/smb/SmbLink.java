package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.smb.rpc.NtlmIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one session with a host: opened when it is first needed, and anew after its loss, not more
 * often than every few seconds. Thread-safe.
 */
final class SmbLink implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final double JITTER = 0.2;

  private final Target target;
  private final LongSupplier nanoTime;

  /** Who opens the session, which may take seconds. */
  private final ReentrantLock opening = new ReentrantLock();

  private volatile @Nullable Opened opened;
  private volatile @Nullable AccessException failure;
  private volatile boolean closed;

  // Guarded by opening.
  private long failedAt;
  private Duration pause = Duration.ZERO;

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

  /**
   * The session. Waits for whoever is opening it, unless the host failed before: a thread for each
   * reading of a dead host would be too many.
   */
  Opened open() throws AccessException {
    Opened now = opened;
    if (now != null && now.session().alive()) {
      return now;
    }
    if (!opening.tryLock()) {
      AccessException last = failure;
      if (last != null) {
        throw last;
      }
      opening.lock();
    }
    try {
      return reopen();
    } finally {
      opening.unlock();
    }
  }

  private Opened reopen() throws AccessException {
    Opened now = opened;
    if (now != null && now.session().alive()) {
      return now;
    }
    if (closed) {
      throw new IllegalStateException("This access is closed");
    }
    if (now != null) {
      lost(now.session());
    }
    AccessException last = failure;
    if (last != null && Duration.ofNanos(nanoTime.getAsLong() - failedAt).compareTo(pause) < 0) {
      throw last;
    }
    Login login = target.login().read();
    try {
      target.gate().check(target.toString(), login.secret());
      Opened fresh = new Opened(SmbSession.open(target, login), login.identity());
      opened = fresh;
      failure = null;
      pause = Duration.ZERO;
      if (closed) {
        lost(fresh.session());
        throw new IllegalStateException("This access was closed");
      }
      return fresh;
    } catch (IOException | AccessException | RuntimeException e) {
      AccessException why = Failures.of(e, target);
      failure = why;
      failedAt = nanoTime.getAsLong();
      // The gate alone knows when a refused log-in may be tried again.
      pause = refused(why) ? Duration.ZERO : longer(pause);
      throw why;
    } finally {
      login.wipe();
    }
  }

  private static boolean refused(AccessException failure) {
    return failure instanceof NotReached reached && reached.inAWord() == ErrorReason.AUTH;
  }

  private static Duration longer(Duration pause) {
    Duration next = pause.multipliedBy(2);
    next = next.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : next;
    next = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofMillis(Math.round(next.toMillis() * jitter));
  }

  /** Gives up a session that no longer answers, unless it has been replaced already. */
  void lost(SmbSession session) {
    Opened now = opened;
    if (now != null && now.session() == session) {
      opened = null;
    }
    session.abandon();
  }

  /** Waits for nobody who is just opening the session: it is closed as soon as it is open. */
  @Override
  public void close() {
    closed = true;
    Opened last = opened;
    opened = null;
    if (last != null) {
      last.session().close();
    }
  }
}
