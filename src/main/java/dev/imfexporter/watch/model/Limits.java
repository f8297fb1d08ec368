package dev.imfexporter.watch.model;

import java.time.Duration;

/**
 * How long things may take on a host before an episode says so.
 *
 * @param slow services out for longer, all their outages together, make a slow recovery
 * @param halted mail that stands still for longer in one go is halted
 * @param slowAfterBoot instead of {@code slow} if the host booted meanwhile, counted from the boot
 * @param haltedAfterBoot instead of {@code halted} after a boot, counted from it
 */
public record Limits(
    Duration slow, Duration halted, Duration slowAfterBoot, Duration haltedAfterBoot) {

  /** A restart of IIS takes seconds; after a boot, delayed services alone wait for two minutes. */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10));
}
