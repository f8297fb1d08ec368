package dev.imfexporter.collector;

import dev.imfexporter.text.HasWord;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a connection to SMTP as a client.
 *
 * @param durations of the steps that succeeded, in their order
 * @param failure what went wrong, as a sentence; empty when every step succeeded
 */
public record Banner(Map<Step, Duration> durations, Optional<String> failure)
    implements SmtpAnswer {
  public Banner {
    durations = durations.isEmpty() ? Map.of() : new EnumMap<>(durations);
  }

  /** Whether every step succeeded. */
  public boolean success() {
    return failure.isEmpty();
  }

  /** What a client does, in its order. */
  public enum Step implements HasWord {
    CONNECT,
    GREETING,
    EHLO,
    QUIT
  }
}
