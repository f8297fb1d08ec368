package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a wrong password from locking an account: every log-in with the account passes here. A host
 * that refused one is left alone for half an hour. When a second host refuses an account of a
 * domain, no host is asked for half an hour, and then one. A new password opens the gate.
 *
 * <p>As long as nobody has accepted the password, one host is asked after the other; after that,
 * two at a time, which is as many attempts as a password that was changed elsewhere can cost.
 * Thread-safe.
 */
public final class LoginGate {
  static final Duration REFUSED = Duration.ofMinutes(30);

  /** Fewer than any limit of bad log-ins; Microsoft's security baseline has 10, some have 3. */
  private static final int AT_ONCE = 2;

  private final String account;
  private final boolean ofDomain;
  private final LongSupplier nanoTime;
  private final Map<String, Refusal> refusals = new HashMap<>();
  private @Nullable Refusal doubt;
  private @Nullable Refusal block;
  private int secret;
  private boolean accepted;
  private int underway;

  private record Refusal(String host, long at, String why) {}

  /**
   * @param account as people write it, for messages
   * @param ofDomain whether one password is good for every host; otherwise each has its own
   */
  public LoginGate(String account, boolean ofDomain, LongSupplier nanoTime) {
    this.account = account;
    this.ofDomain = ofDomain;
    this.nanoTime = nanoTime;
  }

  /** Whether any host is not asked at present. */
  public synchronized boolean blocked() {
    return stands(block) || refusals.values().stream().anyMatch(this::stands);
  }

  /** A permission for one log-in. The first of its methods that is called tells how that ended. */
  interface Turn extends AutoCloseable {
    void accepted();

    /**
     * @param account whether it is the account that is at fault, and not its rights on this host
     */
    void refused(String why, boolean account);

    /** Something else went wrong, which tells nothing of the account. */
    @Override
    void close();
  }

  /**
   * Says no where {@link #enter} would.
   *
   * @param secret a hash of the password
   */
  synchronized void check(String host, int secret) throws NotReached {
    if (secret != this.secret) {
      this.secret = secret;
      accepted = false;
      doubt = null;
      block = null;
      refusals.clear();
    }
    Refusal standing = stands(block) ? block : refusals.get(host);
    if (standing != null && stands(standing)) {
      throw refused(standing, host);
    }
  }

  /**
   * Waits for the turn of a host.
   *
   * @throws NotReached if the host is not to be asked, or its turn does not come in time
   */
  synchronized Turn enter(String host, int secret, Duration wait) throws NotReached {
    long end = nanoTime.getAsLong() + wait.toNanos();
    check(host, secret);
    while (ofDomain && underway >= (accepted ? AT_ONCE : 1)) {
      long left = end - nanoTime.getAsLong();
      if (left <= 0) {
        throw new NotReached(
            ErrorReason.TIMEOUT,
            host + " is not asked yet: other hosts are logging in as " + account);
      }
      await(left);
      check(host, secret);
    }
    underway++;
    if (block != null) {
      // The others go on to wait for what becomes of this one.
      block = new Refusal(block.host(), nanoTime.getAsLong(), block.why());
    }
    return new OneTurn(host, secret);
  }

  private void await(long nanos) throws NotReached {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReached(
          ErrorReason.TIMEOUT, "Interrupted while waiting to log in as " + account);
    }
  }

  private boolean stands(@Nullable Refusal refusal) {
    return refusal != null && nanoTime.getAsLong() - refusal.at() < REFUSED.toNanos();
  }

  private NotReached refused(Refusal standing, String host) {
    if (standing.host().equals(host)) {
      return Failures.refusedLogin(host, standing.why());
    }
    return new NotReached(
        ErrorReason.AUTH,
        "%s is not asked: %s refused the log-in as %s: %s. %s"
            .formatted(host, standing.host(), account, standing.why(), Failures.NOT_AGAIN));
  }

  private final class OneTurn implements Turn {
    private final String host;
    private final int ours;
    private boolean over;

    OneTurn(String host, int ours) {
      this.host = host;
      this.ours = ours;
    }

    @Override
    public void accepted() {
      synchronized (LoginGate.this) {
        if (leave()) {
          accepted = true;
          doubt = null;
          block = null;
          refusals.remove(host);
        }
      }
    }

    @Override
    public void refused(String why, boolean account) {
      synchronized (LoginGate.this) {
        if (!leave()) {
          return;
        }
        Refusal refusal = new Refusal(host, nanoTime.getAsLong(), why);
        refusals.put(host, refusal);
        if (account && ofDomain) {
          accepted = false;
          boolean second =
              Optional.ofNullable(doubt).filter(d -> !d.host().equals(host)).isPresent();
          if (second || block != null) {
            block = refusal;
          }
          doubt = refusal;
        }
      }
    }

    @Override
    public void close() {
      synchronized (LoginGate.this) {
        boolean unused = leave();
      }
    }

    /** Whether this is how it ended, and what was tried is still the newest password. */
    private boolean leave() {
      if (over) {
        return false;
      }
      over = true;
      underway--;
      LoginGate.this.notifyAll();
      return ours == secret;
    }
  }
}
