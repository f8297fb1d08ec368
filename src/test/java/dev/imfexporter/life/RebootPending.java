package dev.imfexporter.life;

import java.time.Instant;

/** Windows waits for a reboot. */
public record RebootPending(Instant from, Instant until) {}
