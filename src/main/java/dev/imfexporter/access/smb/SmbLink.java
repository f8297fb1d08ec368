package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.smb.rpc.NtlmIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one session with a host: opened when it is first needed, and anew after its loss; after a
 * failure to open it, not before a pause. Thread-safe.
 */
final class SmbLink implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final double JITTER = 0.2;

  /** For a session that is being opened anew, which seldom takes longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** More than a host's services are asked within. */
  private static final Duration SILENT = Duration.ofSeconds(20);

  private final Target target;
  private final LongSupplier nanoTime;

  /** Who opens the session, which may take seconds. */
  private final ReentrantLock opening = new ReentrantLock();

  private volatile @Nullable Opened opened;
  private volatile @Nullable AccessException failure;
  private volatile boolean closed;
  private volatile boolean openedBefore;
  private volatile long answeredAt;

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
   * The session. Waits for whoever is opening it: the first time as for a call, later a moment, and
   * not at all if the host failed before. A thread for each reading of a dead host would be too
   * many.
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
      awaitOpening();
    }
    try {
      return reopen();
    } finally {
      opening.unlock();
    }
  }

  private void awaitOpening() throws NotReached {
    Duration patience = openedBefore ? PATIENCE : target.timeout();
    try {
      if (!opening.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new NotReached(
            ErrorReason.TIMEOUT, "The session with " + target + " is still being opened");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReached(ErrorReason.TIMEOUT, "Interrupted while waiting for " + target);
    }
  }

  private Opened reopen() throws AccessException {
    Opened now = opened;
    if (now != null && now.session().alive()) {
      return now;
    }
    if (closed) {
      throw noLonger();
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
      answered();
      opened = fresh;
      openedBefore = true;
      failure = null;
      pause = Duration.ZERO;
      if (closed) {
        lost(fresh.session());
        throw noLonger();
      }
      return fresh;
    } catch (IOException | AccessException | RuntimeException e) {
      AccessException why = Failures.ofOpening(e, target);
      failure = why;
      failedAt = nanoTime.getAsLong();
      // The gate alone knows when a refused log-in may be tried again.
      pause = ofTheGate(e) ? Duration.ZERO : longer(pause);
      throw why;
    } finally {
      login.wipe();
    }
  }

  private static boolean ofTheGate(Exception failure) {
    return failure instanceof StatusException
        || (failure instanceof NotReached reached
            && (reached.inAWord() == ErrorReason.AUTH || reached.inAWord() == ErrorReason.TIMEOUT));
  }

  private NotReached noLonger() {
    return new NotReached(ErrorReason.OTHER, target + " is no longer watched in this way");
  }

  private static Duration longer(Duration pause) {
    Duration next = pause.multipliedBy(2);
    next = next.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : next;
    next = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofMillis(Math.round(next.toMillis() * jitter));
  }

  /** Notes that the session has answered, be it with an error. */
  void answered() {
    answeredAt = nanoTime.getAsLong();
  }

  /**
   * Decides after a failed call what becomes of the session. A timeout ends it only when nothing
   * else has been answered for a while: one pipe that hangs takes none of the others with it.
   */
  void failed(SmbSession session, Exception failure) {
    if (Failures.isAnswer(failure) || failure instanceof StatusException) {
      answered();
    } else if (!Failures.isTimeout(failure)
        || nanoTime.getAsLong() - answeredAt > SILENT.toNanos()) {
      lost(session);
    }
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
