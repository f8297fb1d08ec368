package dev.imfexporter.reading;

import java.time.Instant;

/**
 * How far a log has been read.
 *
 * @param record number of the newest record that was read
 * @param written its time, by the host's clock; tells the same number in a log that was cleared
 *     apart
 */
public record EventCursor(long record, Instant written) {}
