package dev.imfexporter.life;

import java.time.Instant;

/**
 * A person has to be called.
 *
 * @param due from when on; a call before it is a false one
 * @param until when mail flows again
 * @param required false if the exporter was away in between, so that no call can be demanded in
 *     time
 */
public record ExpectedPage(Instant due, Instant until, boolean required) {}
