package dev.imfexporter.http;

import dev.imfexporter.websecurity.Passwords;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Checks passwords that are not known yet, one after the other on a thread of its own. Requests
 * with the same user and password wait for one check. Thread-safe.
 */
final class LogIns implements AutoCloseable {
  /** Of different users or passwords, beside the one that is being checked. */
  static final int MOST_WAITING = 32;

  private final Duration longest;
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          task -> {
            Thread thread = new Thread(task, "log-in");
            thread.setDaemon(true);
            return thread;
          });

  /** Guarded by itself. */
  private final Map<LogIn, CompletableFuture<Boolean>> underWay = new HashMap<>();

  /** Passwords that were read again are others, of which the user may have another hash. */
  private record LogIn(Passwords passwords, BasicCredentials who) {}

  /**
   * @param longest that a request waits
   */
  LogIns(Duration longest) {
    this.longest = longest;
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Whether the password is right; each request that waits has a connection, and those are bounded.
   * Fails with {@link RejectedExecutionException} if too many other passwords wait, and with {@link
   * java.util.concurrent.TimeoutException}. Is completed on the thread of the check or of a timer,
   * which must not be held.
   */
  CompletableFuture<Boolean> check(Passwords passwords, BasicCredentials who) {
    LogIn logIn = new LogIn(passwords, who);
    CompletableFuture<Boolean> shared;
    synchronized (underWay) {
      CompletableFuture<Boolean> before = underWay.get(logIn);
      Optional<Boolean> known = passwords.known(who.user(), who.password());
      if (before != null) {
        shared = before;
      } else if (known.isPresent()) {
        return CompletableFuture.completedFuture(known.get());
      } else {
        shared = new CompletableFuture<>();
        try {
          executor.execute(() -> run(logIn, shared));
        } catch (RejectedExecutionException full) {
          return CompletableFuture.failedFuture(full);
        }
        underWay.put(logIn, shared);
      }
    }
    return shared.copy().orTimeout(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run(LogIn logIn, CompletableFuture<Boolean> result) {
    try {
      result.complete(logIn.passwords().check(logIn.who().user(), logIn.who().password()));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    } finally {
      // Once the result is known: no second check of the same begins in between.
      synchronized (underWay) {
        underWay.remove(logIn, result);
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
