package dev.imfexporter.life;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.LoggedEvent.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** What else stands in a System log: most of it. */
final class Noise {
  private static final List<String> OTHERS =
      List.of(
          "gupdate", "wuauserv", "BITS", "TrustedInstaller", "WinHttpAutoProxySvc", "msiserver");

  private final LogBook log;
  private final Dice dice;
  private final Instant begin;
  private final Duration length;
  private final Predicate<Instant> hostIsUp;

  Noise(LogBook log, Dice dice, Instant begin, Instant end, Predicate<Instant> hostIsUp) {
    this.log = log;
    this.dice = dice;
    this.begin = begin;
    this.length = Duration.between(begin, end);
    this.hostIsUp = hostIsUp;
  }

  /** Fills the log up to the number of records, an anti-malware update of each day among them. */
  void fill(int records) {
    for (int day = 0; day < length.toDays(); day++) {
      log.routineUpdate(up(begin.plus(Duration.ofDays(day)), Duration.ofDays(1)), 1000 + day);
    }
    while (log.size() < records) {
      one(up(begin, length), records - log.size());
    }
  }

  private void one(Instant at, int left) {
    String other = dice.of(OTHERS);
    switch (dice.upTo(7)) {
      case 0, 1 -> {
        log.entered(at, other, "Display name of " + other, ServiceState.RUNNING);
        if (left > 1) {
          log.entered(at.plusSeconds(2), other, "Display name of " + other, ServiceState.STOPPED);
        }
      }
      case 2 ->
          log.noise(
              at,
              LogBook.SCM,
              7040,
              Level.INFORMATION,
              List.of(
                  "Background Intelligent Transfer Service", "auto start", "demand start", "BITS"));
      case 3 ->
          log.noise(at, "Microsoft-Windows-DistributedCOM", 10016, Level.ERROR, List.of("Local"));
      case 4 -> log.noise(at, "W32Time", 35, Level.INFORMATION, List.of("time.example.net"));
      case 5 -> log.noise(at, "Tcpip", 4227, Level.WARNING, List.of());
      default -> log.counted(at, "SMTPSVC", 4000, Level.WARNING);
    }
  }

  private Instant up(Instant from, Duration within) {
    Instant at;
    do {
      at = from.plus(dice.seconds(60, within.toSeconds() - 60.0));
    } while (!hostIsUp.test(at) || !hostIsUp.test(at.plusSeconds(4)));
    return at;
  }
}
