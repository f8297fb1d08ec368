package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasWord;
import java.time.Duration;

/**
 * The limits of a host's configuration. A metric, a page, an episode and an alert use the same.
 *
 * @param slow services that are out for longer, all their outages together, make a slow recovery
 * @param halted a service that is down for longer in one go is halted
 * @param slowAfterBoot instead of {@code slow} if the host booted meanwhile, counted from the boot
 * @param haltedAfterBoot instead of {@code halted} after a boot, counted from it
 * @param stuck for how long messages come in and none, or few, pass until mail is stuck
 */
public record Limits(
    Duration slow,
    Duration halted,
    Duration slowAfterBoot,
    Duration haltedAfterBoot,
    Duration stuck) {

  /** The words of the limits in the configuration and in labels. */
  public enum Limit implements HasWord {
    SLOW_AFTER,
    HALTED_AFTER,
    SLOW_AFTER_BOOT,
    HALTED_AFTER_BOOT,
    STUCK_AFTER
  }

  public Duration get(Limit limit) {
    return switch (limit) {
      case SLOW_AFTER -> slow;
      case HALTED_AFTER -> halted;
      case SLOW_AFTER_BOOT -> slowAfterBoot;
      case HALTED_AFTER_BOOT -> haltedAfterBoot;
      case STUCK_AFTER -> stuck;
    };
  }
}
