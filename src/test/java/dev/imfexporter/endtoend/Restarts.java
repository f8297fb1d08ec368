package dev.imfexporter.endtoend;

import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.bed.ServiceBehaviour;
import dev.imfexporter.bed.ServiceBehaviour.OnStart;
import dev.imfexporter.bed.WindowsBed;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Restarts the stand-in services one after the other until it is closed: quickly or slowly, alone
 * or together, by order or by a crash, with a start that fails first or not.
 */
final class Restarts implements AutoCloseable {
  static final List<String> SERVICES = List.of("IISADMIN", "SMTPSVC");
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int SLOWEST_MS = 1500;
  private static final int LONGEST_PAUSE_MS = 3000;

  private final WindowsBed bed;
  private final Random dice;
  private final CompletableFuture<Void> work;
  private volatile boolean closed;

  private Restarts(WindowsBed bed, long seed) {
    this.bed = bed;
    this.dice = new Random(seed);
    work = CompletableFuture.runAsync(this::run);
  }

  /** Begins; the bed is its own until it is closed. */
  static Restarts begin(WindowsBed bed, long seed) {
    return new Restarts(bed, seed);
  }

  /** False when something went wrong, which {@link #close} tells. */
  boolean going() {
    return !work.isDone();
  }

  /** Waits until all services run; throws what went wrong. */
  @Override
  public void close() {
    closed = true;
    try {
      work.get(2 * LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the services could not be restarted", e);
    }
  }

  private void run() {
    while (!closed) {
      SERVICES.forEach(service -> bed.behaviour(service, behaviour()));
      List<String> down = dice.nextInt(3) == 0 ? SERVICES : List.of(SERVICES.get(dice.nextInt(2)));
      down.forEach(this::goDown);
      for (String service : down) {
        if (dice.nextInt(8) == 0) {
          failToStart(service);
        }
        bed.start(service);
      }
      breathe();
    }
  }

  /** The log has whole seconds: two events within one of them cannot be told apart. */
  private void breathe() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(dice.nextInt(LONGEST_PAUSE_MS)));
  }

  private ServiceBehaviour behaviour() {
    return ServiceBehaviour.normal().stoppingAfter(delay()).startingAfter(delay());
  }

  private Duration delay() {
    return dice.nextBoolean() ? Duration.ZERO : Duration.ofMillis(dice.nextInt(SLOWEST_MS));
  }

  private void goDown(String service) {
    if (dice.nextInt(6) == 0) {
      bed.crash(service);
    } else {
      bed.stop(service);
    }
  }

  private void failToStart(String service) {
    bed.behaviour(service, behaviour().with(OnStart.FAIL).failingWith(1066, 42));
    bed.requestStart(service);
    await().atMost(LIMIT).until(() -> lastState(service) == ServiceState.STOPPED);
    bed.await(service, ServiceState.STOPPED, LIMIT);
    bed.behaviour(service, behaviour());
  }

  private ServiceState lastState(String service) {
    return bed.serviceLog().stream()
        .filter(status -> status.service().equals(service))
        .reduce((a, b) -> b)
        .orElseThrow()
        .state();
  }
}
