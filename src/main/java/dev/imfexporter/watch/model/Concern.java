package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasWord;
import dev.imfexporter.text.TimeWords;
import java.time.Duration;
import java.time.Instant;

/**
 * Why a service needs attention, whether or not it runs: the one definition for pages and {@code
 * diagnose}. The alert rules compute the same from metrics; ConsistencyMatrixTest compares both.
 */
public enum Concern implements HasWord {
  /**
   * At least {@link #FLAPPING_OUTAGES} of its outages began within 15 minutes (ImfServiceFlapping).
   */
  FLAPPING,
  /** It crashed within {@link #CRASH_IS_RECENT} (ImfServiceCrashed). */
  CRASHED,
  /**
   * It runs and is disabled, or was set from automatic to manual (ImfServiceDisabled,
   * ImfServiceSetToManual).
   */
  STAYS_DOWN_AFTER_BOOT,
  /**
   * IISADMIN or SMTPSVC is STOPPED and starts automatically, without evidence that it ever ran
   * (ImfServiceNeverRan). A service that was deleted and made anew has lost that evidence.
   */
  NEVER_RAN;

  public static final int FLAPPING_OUTAGES = 3;
  public static final Duration CRASH_IS_RECENT = Duration.ofHours(1);

  /** A clause about a service that has this concern, without a full stop. */
  public String clause(ServiceHistory service, Instant now) {
    String name = service.name();
    return switch (this) {
      case FLAPPING ->
          "%s stopped %d times within 15 minutes".formatted(name, service.recentOutages());
      case CRASHED ->
          service
              .lastCrash()
              .map(at -> "%s crashed %s".formatted(name, TimeWords.distance(at, now)))
              .orElse(name + " crashed");
      case STAYS_DOWN_AFTER_BOOT ->
          name + " runs and does not start automatically, so it stays down after a reboot";
      case NEVER_RAN ->
          name + " starts automatically and is STOPPED, and nothing shows that it ever ran";
    };
  }
}
