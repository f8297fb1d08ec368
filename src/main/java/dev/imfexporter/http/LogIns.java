package dev.imfexporter.http;

import dev.imfexporter.websecurity.Passwords;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
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
 * with the same user and password wait for one check. The guesses of one client leave room for the
 * right password of another; who they are for plays no part, so that nothing is learned of which
 * users there are. Thread-safe.
 */
final class LogIns implements AutoCloseable {
  /** Of different users or passwords, beside the one that is being checked. */
  static final int MOST_WAITING = 32;

  /** Of one client, checked or waiting. */
  static final int MOST_OF_A_CLIENT = MOST_WAITING / 2;

  /** Who has one address of IPv6 usually has all with the same first bytes (RFC 6177). */
  private static final int NETWORK_BYTES = 8;

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
  private final Map<LogIn, Check> underWay = new HashMap<>();

  /** Passwords that were read again are others, of which the user may have another hash. */
  private record LogIn(Passwords passwords, BasicCredentials who) {}

  /**
   * @param client that asked first
   */
  private record Check(ByteBuffer client, CompletableFuture<Boolean> result) {}

  /**
   * @param longest that a request waits
   */
  LogIns(Duration longest) {
    this.longest = longest;
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Whether the password is right; each request that waits has a connection, and those are bounded.
   * Fails with {@link RejectedExecutionException} if too many other passwords wait, of all or of
   * the client, and with {@link java.util.concurrent.TimeoutException}. Is completed on the thread
   * of the check or of a timer, which must not be held.
   */
  CompletableFuture<Boolean> check(
      Passwords passwords, BasicCredentials who, SocketAddress address) {
    LogIn logIn = new LogIn(passwords, who);
    ByteBuffer client = network(address);
    CompletableFuture<Boolean> shared;
    synchronized (underWay) {
      Check before = underWay.get(logIn);
      Optional<Boolean> known = passwords.known(who.user(), who.password());
      if (before != null) {
        shared = before.result();
      } else if (known.isPresent()) {
        return CompletableFuture.completedFuture(known.get());
      } else if (checksFor(client) >= MOST_OF_A_CLIENT) {
        return CompletableFuture.failedFuture(new RejectedExecutionException("too many of one"));
      } else {
        shared = new CompletableFuture<>();
        try {
          executor.execute(() -> run(logIn, shared));
        } catch (RejectedExecutionException full) {
          return CompletableFuture.failedFuture(full);
        }
        underWay.put(logIn, new Check(client, shared));
      }
    }
    return shared.copy().orTimeout(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  private long checksFor(ByteBuffer client) {
    return underWay.values().stream().filter(check -> check.client().equals(client)).count();
  }

  private static ByteBuffer network(SocketAddress client) {
    byte[] address =
        client instanceof InetSocketAddress at && at.getAddress() != null
            ? at.getAddress().getAddress()
            : new byte[0];
    return ByteBuffer.wrap(address, 0, Math.min(address.length, NETWORK_BYTES));
  }

  private void run(LogIn logIn, CompletableFuture<Boolean> result) {
    try {
      result.complete(logIn.passwords().check(logIn.who().user(), logIn.who().password()));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    } finally {
      // Once the result is known: no second check of the same begins in between.
      synchronized (underWay) {
        underWay.remove(logIn);
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
