package dev.imfexporter.watch.model;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.collector.CollectorKey;
import java.time.Instant;

/**
 * Failures of one collector for one reason.
 *
 * @param why a sentence
 * @param first when it failed with it for the first time
 * @param last when it failed with it most recently
 * @param times how often
 */
public record FailureRecord(
    CollectorKey<?> collector,
    ErrorReason error,
    String why,
    Instant first,
    Instant last,
    long times) {}
