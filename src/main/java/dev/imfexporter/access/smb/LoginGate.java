package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a wrong password from locking an account: every log-in with the account needs a permit. A
 * host that refused one gets no other for half an hour. When a second host refuses an account of a
 * domain, no host gets one for half an hour, and then a single host. A new password ends all waits.
 *
 * <p>Until a host has accepted the password, log-ins run one at a time; afterwards two at a time,
 * which is how many failed log-ins a changed password can cost. Log-ins at a KDC always run one at
 * a time, and the first refusal is one for all hosts; so is one by the clocks, for a minute.
 * Thread-safe.
 */
public final class LoginGate {
  static final Duration REFUSED = Duration.ofMinutes(30);

  /** After a log-in that failed by the clocks: NTP may set them at any moment. */
  static final Duration CLOCKS = Duration.ofMinutes(1);

  /** Below usual lockout thresholds: Microsoft's security baseline has 10, some domains 3. */
  private static final int AT_ONCE = 2;

  private final boolean ofDomain;
  private final int atOnce;
  private final LongSupplier nanoTime;
  private final Map<String, Refusal> refusals = new HashMap<>();
  private @Nullable Refusal lastRefusal;
  private @Nullable Refusal block;
  private int secret;
  private @Nullable Integer replaced;
  private boolean accepted;
  private int underway;

  private record Refusal(String host, long at, String why, boolean ofClocks) {
    Refusal(String host, long at, String why) {
      this(host, at, why, false);
    }

    Duration holds() {
      return ofClocks ? CLOCKS : REFUSED;
    }

    Refusal from(long later) {
      return new Refusal(host, later, why, ofClocks);
    }
  }

  /**
   * @param ofDomain whether the account is the same on every host; otherwise each host has its own
   */
  public LoginGate(boolean ofDomain, LongSupplier nanoTime) {
    this(ofDomain, AT_ONCE, nanoTime);
  }

  private LoginGate(boolean ofDomain, int atOnce, LongSupplier nanoTime) {
    this.ofDomain = ofDomain;
    this.atOnce = atOnce;
    this.nanoTime = nanoTime;
  }

  /** The gate of an account that logs in at a KDC. */
  public static LoginGate ofKerberos(LongSupplier nanoTime) {
    return new LoginGate(true, 1, nanoTime);
  }

  /** Whether this host gets no permit at present. */
  synchronized boolean holds(String host) {
    return stands(block) || stands(refusals.get(host));
  }

  /** Notes that a host refused an account that the KDC has accepted. */
  synchronized void refusedByHost(String host, int tried, String why) {
    if (tried == secret) {
      refusals.put(host, new Refusal(host, nanoTime.getAsLong(), why));
    }
  }

  /** Whether at least one host gets no permit at present, because its account was refused. */
  public synchronized boolean blocked() {
    return (block != null && !block.ofClocks() && stands(block))
        || refusals.values().stream().anyMatch(this::stands);
  }

  /**
   * Fails where {@link #enter} would because of an earlier refusal.
   *
   * @param secret a hash of the password, which was read a moment ago
   */
  synchronized void check(String host, int secret) throws NotReached {
    if (secret != this.secret) {
      replaced = this.secret;
      this.secret = secret;
      accepted = false;
      lastRefusal = null;
      block = null;
      refusals.clear();
    }
    checkRefusals(host);
  }

  private void checkRefusals(String host) throws NotReached {
    Refusal standing = stands(block) ? block : refusals.get(host);
    if (standing != null && stands(standing)) {
      throw refused(standing, host);
    }
  }

  /**
   * Waits for a permit to log in to a host.
   *
   * @throws NotReached after an earlier refusal, if there is no permit within that time, or if the
   *     password has been replaced since it was read
   */
  synchronized LoginPermit enter(String host, int secret, Duration wait) throws NotReached {
    long end = nanoTime.getAsLong() + wait.toNanos();
    if (replaced != null && secret == replaced) {
      throw replaced(host);
    }
    check(host, secret);
    while (ofDomain && underway >= (accepted ? atOnce : 1)) {
      long left = end - nanoTime.getAsLong();
      if (left <= 0) {
        throw new NotReached(
            ErrorReason.TIMEOUT,
            host + " is not asked yet: other hosts are logging in with its account");
      }
      await(left);
      if (secret != this.secret) {
        throw replaced(host);
      }
      checkRefusals(host);
    }
    underway++;
    if (block != null) {
      // The other hosts stay blocked until this log-in has ended.
      block = block.from(nanoTime.getAsLong());
    }
    return new LoginPermit(host, secret);
  }

  private NotReached replaced(String host) {
    return new NotReached(
        ErrorReason.TIMEOUT,
        host + " is not asked yet: the password of its account changed before the log-in");
  }

  private void await(long nanos) throws NotReached {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReached(ErrorReason.TIMEOUT, "Interrupted while waiting to log in");
    }
  }

  private boolean stands(@Nullable Refusal refusal) {
    return refusal != null && nanoTime.getAsLong() - refusal.at() < refusal.holds().toNanos();
  }

  private NotReached refused(Refusal standing, String host) {
    if (standing.ofClocks()) {
      return new NotReached(
          ErrorReason.AUTH,
          "%s is not asked: %s. It is tried again after a minute".formatted(host, standing.why()));
    }
    if (standing.host().equals(host)) {
      return Failures.refusedLogin(host, standing.why());
    }
    return new NotReached(
        ErrorReason.AUTH,
        "%s is not asked: %s refused a log-in with its account: %s. %s"
            .formatted(host, standing.host(), standing.why(), Failures.NOT_AGAIN));
  }

  /** One log-in that is allowed to go on. Only the first call of one of its methods counts. */
  final class LoginPermit implements AutoCloseable {
    private final String host;
    private final int tried;
    private boolean over;

    private LoginPermit(String host, int tried) {
      this.host = host;
      this.tried = tried;
    }

    void accepted() {
      synchronized (LoginGate.this) {
        if (end()) {
          accepted = true;
          lastRefusal = null;
          block = null;
          refusals.remove(host);
        }
      }
    }

    /**
     * @param account whether the account itself is at fault, and not its rights on this host
     */
    void refused(String why, boolean account) {
      synchronized (LoginGate.this) {
        if (!end()) {
          return;
        }
        Refusal refusal = new Refusal(host, nanoTime.getAsLong(), why);
        refusals.put(host, refusal);
        if (account && ofDomain) {
          accepted = false;
          boolean second = lastRefusal != null && !lastRefusal.host().equals(host);
          if (second || block != null) {
            block = refusal;
          }
          lastRefusal = refusal;
        }
      }
    }

    /**
     * The KDC refused the account, and so no host is asked.
     *
     * @param kdc the subject of a sentence
     */
    NotReached refusedByKdc(String kdc, String why) {
      return blocks(new Refusal(kdc, nanoTime.getAsLong(), why));
    }

    /**
     * The KDC would refuse every log-in, as its clock and that of this machine differ, and so no
     * host is asked for a minute.
     *
     * @param why as of {@link NoTicket#why}
     */
    NotReached clocksDiffer(String kdc, String why) {
      return blocks(new Refusal(kdc, nanoTime.getAsLong(), why, true));
    }

    private NotReached blocks(Refusal refusal) {
      synchronized (LoginGate.this) {
        if (end()) {
          accepted = false;
          block = refusal;
        }
        return LoginGate.this.refused(refusal, host);
      }
    }

    /** The log-in failed for a reason that has nothing to do with the account. */
    @Override
    public void close() {
      synchronized (LoginGate.this) {
        boolean unused = end();
      }
    }

    /** Returns whether this call counts, and the password that was tried is still the newest. */
    private boolean end() {
      if (over) {
        return false;
      }
      over = true;
      underway--;
      LoginGate.this.notifyAll();
      return tried == secret;
    }
  }
}
