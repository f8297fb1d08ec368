package dev.imfexporter.cli;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the program stop cleanly on Ctrl-C or SIGTERM, or when Windows asks a service to. The first
 * resource of the try block that holds all others:
 *
 * <pre>{@code
 * try (Shutdown shutdown = Shutdown.onSignal();
 *     Server server = ...) {
 *   shutdown.await();
 * }
 * }</pre>
 *
 * After a signal the process then ends with code 0 once this is closed, or with 1 after two
 * seconds.
 */
final class Shutdown implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Shutdown.class.getName());
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "shutdown");

  private Shutdown() {}

  /** Listens for signals from now on until it is closed. */
  static Shutdown onSignal() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
    return shutdown;
  }

  /** Leaves signals alone: {@link #ask} alone asks. */
  static Shutdown onRequest() {
    return new Shutdown();
  }

  /** Asks the program to stop. */
  void ask() {
    asked.countDown();
  }

  /** Whether the program was asked to stop. */
  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Returns when the program was asked to stop. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Says that everything is closed. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      LOG.log(Level.DEBUG, "everything is closed");
    }
  }

  private void stop() {
    LOG.log(Level.INFO, "stopping");
    ask();
    boolean clean = false;
    try {
      clean = stopped.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (clean) {
      LOG.log(Level.INFO, "stopped");
    } else {
      LOG.log(Level.WARNING, "not everything was closed within " + LIMIT.toSeconds() + " s");
    }
    // A signal would otherwise end the JVM with 128 plus its number, as if it had been killed.
    Runtime.getRuntime().halt(clean ? 0 : 1);
  }
}
