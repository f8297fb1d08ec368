package dev.imfexporter.collector;

import java.time.Instant;

/**
 * How far a log has been read.
 *
 * @param record the number of the newest record that was read
 * @param written its time, by the host's clock; if a record of the same number has another time,
 *     the log was cleared
 */
public record EventCursor(long record, Instant written) {}
