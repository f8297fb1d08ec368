package dev.imfexporter.life;

import java.time.Instant;

/**
 * Somebody has to be called.
 *
 * @param due from when on; nobody is called before
 * @param until when mail flows again
 * @param required false if the exporter was away in between, and nobody can demand it in time
 */
public record ExpectedPage(Instant due, Instant until, boolean required) {}
