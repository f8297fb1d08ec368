package dev.imfexporter.exposition;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.reading.Banner;
import dev.imfexporter.reading.Components;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.Events.LogRead;
import dev.imfexporter.reading.Filter;
import dev.imfexporter.reading.HostClockState;
import dev.imfexporter.reading.MailFolders;
import dev.imfexporter.reading.MailFolders.MailFolder;
import dev.imfexporter.reading.MailFolders.Purpose;
import dev.imfexporter.reading.Result;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.watch.Readings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the worlds read beside services, definition and counters. */
final class OtherReadings {
  private OtherReadings() {}

  /** SMTP is down: what needs it is not asked. */
  static Readings midStory(
      Taken<Services> services, Taken<Definition> definition, Taken<Smtp> smtp) {
    return new Readings(
        services,
        definition,
        smtp,
        notAsked(),
        ok(
            new Events(
                List.of(
                    new LogRead(
                        "System",
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        List.of(),
                        3,
                        Optional.empty()),
                    new LogRead(
                        "Application",
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        List.of(),
                        0,
                        Optional.of(
                            new Result.Failed<>("Access is denied (5)", ErrorReason.RIGHTS)))))),
        ok(
            new MailFolders(
                List.of(
                    new MailFolder(
                        "SMTP 1",
                        Purpose.QUEUE,
                        10_000,
                        81_920_000,
                        Optional.of(Worlds.NOW.minusSeconds(480)),
                        false)))),
        notAsked(),
        ok(
            new Components(
                List.of(new Components.Component("scan.dll", "Contoso", "2.1.0.7")), 7, 41)),
        ok(
            new HostClockState(
                Worlds.NOW.plusSeconds(40),
                Duration.ofMillis(16),
                Duration.ofDays(12),
                Optional.of(Worlds.NOW.minus(Duration.ofDays(3))))));
  }

  static Readings healthy(
      Taken<Services> services, Taken<Definition> definition, Taken<Smtp> smtp) {
    return new Readings(
        services,
        definition,
        smtp,
        ok(
            new Filter(
                Optional.of(true), Optional.of(900L), Optional.of(87L), Map.of(0, 700L, 9, 87L))),
        ok(new Events(List.of())),
        ok(
            new MailFolders(
                List.of(
                    new MailFolder("SMTP 1", Purpose.QUEUE, 2, 8_192, Optional.empty(), true)))),
        ok(
            new Banner(
                Map.of(
                    Banner.Step.CONNECT, Duration.ofMillis(1),
                    Banner.Step.GREETING, Duration.ofMillis(3),
                    Banner.Step.EHLO, Duration.ofMillis(2),
                    Banner.Step.QUIT, Duration.ofMillis(1)),
                Optional.empty())),
        ok(new Components(List.of(), 0, 41)),
        ok(
            new HostClockState(
                Worlds.NOW.plusMillis(5),
                Duration.ofMillis(16),
                Duration.ofDays(12),
                Optional.empty())));
  }

  private static <T> Taken<T> notAsked() {
    return new Taken<>(
        new Result.NotApplicable<>("SMTPSVC is START_PENDING"), Worlds.NOW, Duration.ZERO);
  }

  private static <T> Taken<T> ok(T value) {
    return new Taken<>(new Result.Ok<>(value), Worlds.NOW, Duration.ofMillis(12));
  }
}
