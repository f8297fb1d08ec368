package dev.imfexporter.access;

import dev.imfexporter.text.HasWord;

/** When a service starts: {@code dwStartType}, where a delayed automatic start is its own mode. */
public enum StartMode implements HasWord {
  BOOT,
  SYSTEM,
  AUTO,
  DELAYED_AUTO,
  MANUAL,
  DISABLED;

  /** The mode of a {@code dwStartType} and of {@code fDelayedAutostart}. */
  public static StartMode of(int startType, boolean delayed) throws AccessException.Malformed {
    return switch (startType) {
      case 0 -> BOOT;
      case 1 -> SYSTEM;
      case 2 -> delayed ? DELAYED_AUTO : AUTO;
      case 3 -> MANUAL;
      case 4 -> DISABLED;
      default ->
          throw new AccessException.Malformed(
              "The SCM reported start type " + startType + ", want 0 to 4");
    };
  }

  /** Whether Windows starts it by itself after a boot. */
  public boolean automatic() {
    return this == BOOT || this == SYSTEM || this == AUTO || this == DELAYED_AUTO;
  }
}
