package dev.imfexporter.watch.clock;

import dev.imfexporter.collector.LoggedEvent;
import java.time.Duration;
import java.time.Instant;

/**
 * An event with its time on the axis of {@link HostTime}.
 *
 * @param at the begin of its second
 * @param margin the error of {@code at}, either way
 */
public record DatedEvent(LoggedEvent event, Instant at, Duration margin) {}
