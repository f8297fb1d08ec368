package dev.imfexporter.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * How long a command waits for the answer of another machine, whole: the look-up of its name, the
 * connection, and each byte of the answer.
 *
 * @param quiet after how long it says that it still waits
 * @param most after how long it gives up; longer than quiet
 */
record Patience(Duration quiet, Duration most) {
  /** An exporter reads a host anew for a diagnosis, for at most 30 s. */
  static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(45));

  /**
   * Makes the call on another thread. One that has not ended in time is left to itself, since a
   * call of the network cannot be relied on to end when it is interrupted.
   *
   * @param stillWaiting gets how long it will go on to wait
   * @return empty if the call has not ended in time
   */
  <T> Optional<T> await(Callable<T> call, Consumer<Duration> stillWaiting) throws IOException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "imf-request");
    thread.setDaemon(true);
    thread.start();
    try {
      Duration rest = most.minus(quiet);
      try {
        return Optional.of(task.get(quiet.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        stillWaiting.accept(rest);
      }
      return Optional.of(task.get(rest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("A request failed by a defect", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait was interrupted");
    }
  }
}
