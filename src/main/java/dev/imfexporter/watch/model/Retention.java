package dev.imfexporter.watch.model;

import java.time.Duration;

/**
 * How much of the past is kept: what is within both bounds.
 *
 * @param count of outages and of episodes
 */
public record Retention(Duration age, int count) {}
