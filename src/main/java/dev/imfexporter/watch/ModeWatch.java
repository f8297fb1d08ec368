package dev.imfexporter.watch;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.ServiceFact.ModeSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds when a service left its automatic start mode: a reading tells that, the log tells when. */
final class ModeWatch {
  /** Start modes are asked for this often (ServicesReading). */
  static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final String service;
  private final ServiceRecord record;
  private final Consumer<ServiceFact> tell;

  private @Nullable Instant read;
  private @Nullable Instant logged;
  private @Nullable Instant found;
  private @Nullable Instant automaticUntil;

  ModeWatch(String service, ServiceRecord record, Consumer<ServiceFact> tell) {
    this.service = service;
    this.record = record;
    this.tell = tell;
  }

  /** A reading saw this mode, which may be a minute old. */
  void read(StartMode mode, Instant seen) {
    Optional<StartMode> before = record.mode();
    if (!before.equals(Optional.of(mode))) {
      Instant since = read != null ? read.minus(A_MINUTE) : record.modeSince().orElse(seen);
      if (before.isPresent() && before.get().automatic() && !mode.automatic()) {
        found = seen;
        automaticUntil = since;
      }
      boolean told = logged != null && logged.isAfter(since) && !logged.isAfter(seen);
      tell.accept(new ModeSeen(service, mode, told && logged != null ? logged : seen));
    }
    read = seen;
  }

  /**
   * The log tells of a change (7040).
   *
   * @param from in the host's language
   */
  void logged(String from, Instant at) {
    logged = at;
    Optional<StartMode> mode = record.mode();
    if (mode.isEmpty() || mode.get().automatic()) {
      return;
    }
    boolean dates =
        found != null
            && automaticUntil != null
            && at.isAfter(automaticUntil)
            && !at.isAfter(found.plus(Transition.TOLERANCE));
    boolean proves =
        record.leftAutomatic().isEmpty() && from.toLowerCase(Locale.ROOT).startsWith("auto");
    if ((dates && record.leftAutomatic().isPresent()) || proves) {
      tell.accept(new ModeSeen(service, mode.get(), at));
    }
  }

  void shift(Duration by) {
    read = shifted(read, by);
    logged = shifted(logged, by);
    found = shifted(found, by);
    automaticUntil = shifted(automaticUntil, by);
  }

  private static @Nullable Instant shifted(@Nullable Instant at, Duration by) {
    return at == null ? null : at.plus(by);
  }
}
