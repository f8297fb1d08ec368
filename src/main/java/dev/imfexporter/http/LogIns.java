package dev.imfexporter.http;

import dev.imfexporter.websecurity.Passwords;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Checks passwords that are not known yet, one after the other on a thread of its own. Requests
 * with the same user and password wait for one check. Clients take turns, so that the right
 * password of one waits for one guess of each other; who the guesses are for plays no part, so that
 * nothing is learned of which users there are. Thread-safe.
 */
final class LogIns implements AutoCloseable {
  /** Of different users or passwords, beside the one that is being checked. */
  static final int MOST_WAITING = 32;

  /** Of one client, checked or waiting. */
  static final int MOST_OF_A_CLIENT = MOST_WAITING / 2;

  /** Who has one address of IPv6 usually has all with the same first bytes (RFC 6177). */
  private static final int NETWORK_BYTES = 8;

  private final Duration longest;

  /** Its queue has a task for each check that waits, of which each takes the next in turn. */
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread thread = new Thread(task, "log-in");
            thread.setDaemon(true);
            return thread;
          });

  /** Those that wait, and the one that is being checked. Guarded by itself. */
  private final Map<LogIn, Check> underWay = new HashMap<>();

  /** Those that wait. Guarded by {@link #underWay}. */
  private final Turns<ByteBuffer, Check> turns = new Turns<>();

  /** Guarded by {@link #underWay}. */
  private boolean closed;

  /** Passwords that were read again are others, of which the user may have another hash. */
  private record LogIn(Passwords passwords, BasicCredentials who) {}

  /**
   * @param client that asked first
   */
  private record Check(LogIn logIn, ByteBuffer client, CompletableFuture<Boolean> result) {}

  /** Passwords are no longer checked, since the exporter stops. */
  static final class Stopping extends Exception {
    private static final long serialVersionUID = 1;
  }

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
   * the client, with {@link java.util.concurrent.TimeoutException}, and with {@link Stopping}, as
   * itself or as a cause. Is completed on the thread of the check, of a timer or of {@link #close},
   * which must not be held.
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
      } else if (closed) {
        return CompletableFuture.failedFuture(new Stopping());
      } else if (underWay.size() > MOST_WAITING || checksFor(client) >= MOST_OF_A_CLIENT) {
        return CompletableFuture.failedFuture(new RejectedExecutionException("too many"));
      } else {
        shared = new CompletableFuture<>();
        Check check = new Check(logIn, client, shared);
        underWay.put(logIn, check);
        turns.add(client, check);
        executor.execute(this::checkNext);
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

  private void checkNext() {
    Optional<Check> next;
    synchronized (underWay) {
      next = turns.next();
    }
    next.ifPresent(this::run);
  }

  private void run(Check check) {
    LogIn logIn = check.logIn();
    try {
      check.result().complete(logIn.passwords().check(logIn.who().user(), logIn.who().password()));
    } catch (RuntimeException | Error e) {
      check.result().completeExceptionally(e);
    } finally {
      // Once the result is known: no second check of the same begins in between.
      synchronized (underWay) {
        underWay.remove(logIn);
      }
    }
  }

  /** Fails those that wait with {@link Stopping}; a check that is under way ends unheard. */
  @Override
  public void close() {
    List<Check> open;
    synchronized (underWay) {
      closed = true;
      open = List.copyOf(underWay.values());
      executor.shutdownNow();
    }
    open.forEach(check -> check.result().completeExceptionally(new Stopping()));
  }
}
