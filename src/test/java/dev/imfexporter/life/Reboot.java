package dev.imfexporter.life;

import java.time.Instant;

/**
 * The host restarts.
 *
 * @param down from when on it does not answer
 * @param up when it starts
 * @param orderly false for a loss of power
 */
public record Reboot(Instant down, Instant up, boolean orderly) {

  boolean covers(Instant t) {
    return !t.isBefore(down) && t.isBefore(up);
  }
}
