package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.smb.rpc.RpcTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one session with a host. It is opened by the first call, and again by the first call after it
 * was lost; after a failure to open it, only when a pause is over. Thread-safe.
 */
final class SmbConnection implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final double JITTER = 0.2;

  /** How long a call waits for another one that reopens the session, which seldom takes longer. */
  private static final Duration REOPENING = Duration.ofSeconds(1);

  /** Each attempt shows an attacker another response to a challenge. */
  private static final Duration AFTER_TAMPERING = Duration.ofMinutes(1);

  /** Longer than the interval at which services are polled. */
  private static final Duration SILENT = Duration.ofSeconds(20);

  private final SmbHostConfig config;
  private final LongSupplier nanoTime;

  /** Held by the one thread that opens the session, which may take seconds. */
  private final ReentrantLock opening = new ReentrantLock();

  private volatile @Nullable Opened opened;
  private volatile OpeningStage stage = OpeningStage.ADDRESS;
  private volatile @Nullable AccessException failure;
  private volatile @Nullable Tampering tampering;
  private volatile boolean closed;
  private volatile boolean openedBefore;
  private volatile long answeredAt;

  // Guarded by opening.
  private long failedAt;
  private Duration pause = Duration.ZERO;
  private final HostAddresses addresses;

  /** A session, and the way to the interfaces behind it. */
  record Opened(SmbSession session, RpcTransport rpc) {}

  /**
   * @param at the time of the monotonic clock at which it was noticed
   */
  private record Tampering(AccessException why, long at) {}

  SmbConnection(SmbHostConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.nanoTime = nanoTime;
    addresses = new HostAddresses(config.host(), InetAddress::getAllByName);
  }

  SmbHostConfig config() {
    return config;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  /**
   * The session. While another thread is opening it, this one waits: for the first session as long
   * as for a call, for later ones a second, and not at all if the last attempt failed, so that a
   * dead host does not hold one thread for each reading.
   */
  Opened open() throws AccessException {
    Opened now = opened;
    Opened alive = now != null && now.session().alive() ? now : null;
    if (alive != null && !alive.session().due()) {
      return alive;
    }
    if (!opening.tryLock()) {
      if (alive != null) {
        return alive;
      }
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
    Duration wait = openedBefore ? REOPENING : config.timeout();
    try {
      if (!opening.tryLock(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw OpeningFailures.late(stage, wait, config);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReached(ErrorReason.TIMEOUT, "Interrupted while waiting for " + config);
    }
  }

  /** A session that is due for a successor is used on as long as there is none. */
  private Opened reopen() throws AccessException {
    Opened now = opened;
    if (now == null || !now.session().alive()) {
      if (now != null && !closed) {
        lost(now.session());
      }
      return fresh();
    }
    if (!now.session().due()) {
      return now;
    }
    try {
      Opened successor = fresh();
      retire(now.session());
      return successor;
    } catch (AccessException none) {
      return now;
    }
  }

  /** Calls in progress on it end within the timeout of a call. */
  private void retire(SmbSession session) {
    CompletableFuture.delayedExecutor(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .execute(session::close);
  }

  private Opened fresh() throws AccessException {
    if (closed) {
      throw noLonger();
    }
    Tampering tampered = tampering;
    if (tampered != null && nanoTime.getAsLong() - tampered.at() < AFTER_TAMPERING.toNanos()) {
      throw tampered.why();
    }
    AccessException last = failure;
    if (last != null && Duration.ofNanos(nanoTime.getAsLong() - failedAt).compareTo(pause) < 0) {
      throw last;
    }
    Credentials login = config.login().read();
    try {
      config.gate().check(config.toString(), login.secret());
      stage = OpeningStage.ADDRESS;
      List<InetAddress> found = addresses.get(config.timeout());
      SmbSession session =
          SmbSession.open(new Opening(config, login, found, nanoTime, reached -> stage = reached));
      RpcTransport rpc = new RpcTransport(session, config.timeout(), nanoTime);
      Opened fresh = new Opened(session, rpc);
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
      AccessException why = OpeningFailures.of(e, stage, config);
      failure = why;
      failedAt = nanoTime.getAsLong();
      noteTampering(why);
      // When a refused log-in may be tried again is up to the gate.
      pause = isUpToGate(e) ? Duration.ZERO : longer(pause);
      throw why;
    } finally {
      login.wipe();
    }
  }

  /** After tampering, the session is not opened again for a minute. */
  void noteTampering(AccessException why) {
    if (why.reason() == ErrorReason.TAMPERING) {
      tampering = new Tampering(why, nanoTime.getAsLong());
    }
  }

  private boolean isUpToGate(Exception failure) {
    return failure instanceof StatusException
        || config.gate().holds(config.toString())
        || (stage == OpeningStage.PERMIT && failure instanceof NotReached);
  }

  private NotReached noLonger() {
    return new NotReached(ErrorReason.OTHER, config + " is no longer watched in this way");
  }

  private static Duration longer(Duration pause) {
    Duration next = pause.multipliedBy(2);
    next = next.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : next;
    next = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofMillis(Math.round(next.toMillis() * jitter));
  }

  /** Why the account, which has Kerberos, logged in by NTLM; empty if it did not. */
  Optional<String> fallback() {
    Opened now = opened;
    return now == null ? Optional.empty() : now.session().fallback();
  }

  /** Notes that the session has answered, with a result or with an error. */
  void answered() {
    answeredAt = nanoTime.getAsLong();
  }

  /**
   * Ends the session after a failed call, unless the host answered it. A timeout ends it only when
   * no other call was answered for 20 s, so that one pipe that hangs does not end the others.
   */
  void failed(SmbSession session, Exception failure) {
    if (Failures.isTampering(failure)) {
      noteTampering(Failures.of(failure, config));
      lost(session);
    } else if (Failures.isAnswer(failure) || failure instanceof StatusException) {
      answered();
    } else if (!Failures.isTimeout(failure)
        || nanoTime.getAsLong() - answeredAt > SILENT.toNanos()) {
      lost(session);
    }
  }

  /** Drops a session that no longer answers, unless it has been replaced already. */
  void lost(SmbSession session) {
    Opened now = opened;
    if (now != null && now.session() == session) {
      opened = null;
    }
    session.abandon();
  }

  /** Does not wait for a thread that is opening the session: that one closes it at once. */
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
