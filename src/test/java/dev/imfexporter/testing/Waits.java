package dev.imfexporter.testing;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Components.Component;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Builds a stop or a start of IIS Admin in which modules are listed each second. */
public final class Waits {
  public static final Component SINK = new Component("csmtpsink.dll", "Contoso", "4.1.2.0");
  public static final Component SCAN = new Component("scan.dll", "Fabrikam", "");

  private ComponentWait wait;

  private Waits(ComponentWait wait) {
    this.wait = wait;
  }

  /** A stop of process 1712 that typically takes 5 s. */
  public static Waits stop(Instant began) {
    return begin(Phase.STOP, began);
  }

  /** A start of process 1712 that typically takes 5 s. */
  public static Waits start(Instant began) {
    return begin(Phase.START, began);
  }

  private static Waits begin(Phase phase, Instant began) {
    return new Waits(
        ComponentWait.begin(phase, 1712, began, true, Optional.of(Duration.ofSeconds(5))));
  }

  /** These are listed at each second from the end of the last list on. */
  public Waits listed(int seconds, Component... modules) {
    for (int i = 0; i < seconds; i++) {
      Instant next = wait.listed().map(at -> at.plusSeconds(1)).orElse(wait.began());
      wait = wait.lasting(next).listed(new Components(List.of(modules), 0, 40), next);
    }
    return this;
  }

  public Waits event(ComponentWait.VendorEvent event) {
    wait = wait.with(event);
    return this;
  }

  /** It took so many seconds, and so far. */
  public ComponentWait lasting(int seconds) {
    return wait.lasting(wait.began().plusSeconds(seconds));
  }

  /** It took so many seconds and was successful. */
  public ComponentWait took(int seconds) {
    return wait.followed(
        wait.phase() == Phase.STOP ? ServiceState.STOPPED : ServiceState.RUNNING,
        wait.began().plusSeconds(seconds));
  }
}
