package dev.imfexporter.life;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import java.util.Optional;
import java.util.stream.IntStream;

/** How the services of a night stand, by the default limits. */
record Standings(Night night) {
  static final int HALT = 300;
  static final int HALT_AFTER_BOOT = 600;
  static final int BEFORE_MARKER = 600;
  static final int AFTER_MARKER = 1800;

  /** The word that {@code imf_service_standing} has for it; every service has run before. */
  String standing(LifeService service, int at) {
    if (night.state(service, at) == ServiceState.RUNNING) {
      return "running";
    }
    StartMode mode = night.mode(service, at);
    if ((mode == StartMode.DISABLED || mode == StartMode.MANUAL) && setAsideByUpdate(service, at)) {
      return "left_down_by_update";
    }
    return mode == StartMode.DISABLED ? "disabled" : "down";
  }

  /** It ran when an update began, and got its start mode in the window of that update. */
  private boolean setAsideByUpdate(LifeService service, int at) {
    int out = night.outSince(service, at).orElseThrow();
    return night.modeSince(service, at).stream()
        .anyMatch(
            mode ->
                markers(at)
                    .anyMatch(
                        marker ->
                            out > marker - BEFORE_MARKER
                                && mode >= marker - BEFORE_MARKER
                                && mode <= marker + AFTER_MARKER));
  }

  /** The begin of the outage of a service that should run and does not. */
  Optional<Integer> downSince(LifeService service, int at) {
    return night.outSince(service, at).filter(since -> !standing(service, at).equals("disabled"));
  }

  /** The time in which the host is down does not count; from its boot on another limit holds. */
  boolean halted(LifeService service, int at) {
    Optional<Integer> since = downSince(service, at);
    if (since.isEmpty()) {
      return false;
    }
    int out = since.get();
    Optional<Night.Boot> boot = night.boot().filter(b -> out < b.up() && b.up() <= at);
    if (boot.isEmpty() || boot.get().down() - out > HALT) {
      return at - out > HALT;
    }
    return at - boot.get().up() > HALT_AFTER_BOOT;
  }

  /** The times of the markers that are there by then. */
  IntStream markers(int at) {
    return night.markers().stream().mapToInt(Night.Seen::at).filter(marker -> marker <= at);
  }
}
