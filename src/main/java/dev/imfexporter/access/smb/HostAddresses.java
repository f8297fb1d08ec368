package dev.imfexporter.access.smb;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one host, looked up anew each time. A look-up cannot be broken off; while one
 * takes too long, no second one is begun. For one thread at a time.
 */
final class HostAddresses {
  private final String host;
  private final Resolver resolver;
  private @Nullable FutureTask<InetAddress[]> lookup;

  /** {@link InetAddress#getAllByName}. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  HostAddresses(String host, Resolver resolver) {
    this.host = host;
    this.resolver = resolver;
  }

  /**
   * The addresses, at least one.
   *
   * @throws SocketTimeoutException if they are not known within that time
   */
  List<InetAddress> get(Duration timeout) throws IOException {
    FutureTask<InetAddress[]> now = lookup == null ? begin() : lookup;
    lookup = now;
    try {
      InetAddress[] found = now.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      lookup = null;
      return List.of(found);
    } catch (ExecutionException e) {
      lookup = null;
      throw e.getCause() instanceof IOException unknown ? unknown : new IOException(e);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("The name was not resolved in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a name was resolved");
    }
  }

  private FutureTask<InetAddress[]> begin() {
    FutureTask<InetAddress[]> task = new FutureTask<>(() -> resolver.addresses(host));
    Thread thread = new Thread(task, "smb-name");
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
