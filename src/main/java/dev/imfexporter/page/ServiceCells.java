package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.access.ErrorCode;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Standing;
import dev.imfexporter.watch.model.TypicalRestart;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the table of services has in its columns. */
final class ServiceCells {
  private final Html html;
  private final PageParts parts;
  private final Instant now;

  ServiceCells(Html html, PageParts parts, Instant now) {
    this.html = html;
    this.parts = parts;
    this.now = now;
  }

  void name(ServiceView service) {
    html.text(service.name());
    service
        .config()
        .map(ServiceConfig::displayName)
        .filter(displayName -> !displayName.isBlank())
        .ifPresent(this::detail);
  }

  void state(ServiceView service) {
    html.element(
        "span",
        stateWord(service),
        attr("class", "state " + service.standing().name().toLowerCase(Locale.ROOT)));
    service
        .since()
        .ifPresent(
            at ->
                detail(
                    () -> {
                      html.text(service.stopped() || running(service) ? "since " : "out since ");
                      parts.dateAndTime(at);
                      parts.aside(TimeWords.lasting(at, now));
                    }));
    if (service.history().filter(ServiceHistory::leftStopped).isPresent()) {
      detail("Left stopped: it should be running");
    }
    if (!running(service)) {
      service
          .status()
          .filter(status -> !status.neverStarted())
          .flatMap(ErrorCode::of)
          .ifPresent(code -> detail("exit code: " + code.words()));
    }
  }

  void startMode(ServiceView service) {
    html.text(service.startMode().map(StartMode::word).orElse("not known"));
  }

  void restart(ServiceView service) {
    service
        .history()
        .flatMap(ServiceHistory::lastRestart)
        .ifPresentOrElse(
            restart -> restart(restart, service.history().flatMap(h -> h.typicalBefore(restart))),
            () -> html.text("none seen"));
    service
        .history()
        .filter(history -> history.totals().restarts() > 1)
        .ifPresent(
            history ->
                detail(
                    "%d seen, %s in all"
                        .formatted(
                            history.totals().restarts(),
                            TimeWords.duration(history.totals().restartTime()))));
  }

  private void restart(Outage restart, Optional<TypicalRestart> typical) {
    String took = "took " + TimeWords.duration(restart.total().orElseThrow());
    html.text(typical.map(t -> took + "; " + t.words() + "; ended ").orElse(took + ", ended "));
    parts.moment(restart.ended().orElseThrow());
    detail(phases(restart));
    typical.flatMap(TypicalRestart::phaseWords).ifPresent(this::detail);
  }

  void witness(ServiceView service) {
    html.text(service.history().map(history -> history.source().word()).orElse("not yet"));
  }

  private static String stateWord(ServiceView service) {
    return switch (service.standing()) {
      case MISSING, REMOVED -> "not installed";
      case UNKNOWN -> "not known";
      case RUNNING, DOWN, LEFT_DOWN_BY_UPDATE, RESTING, DISABLED, PAUSED ->
          service.state().map(Enum::name).orElseThrow();
    };
  }

  private static boolean running(ServiceView service) {
    return service.standing() == Standing.RUNNING;
  }

  private static String phases(Outage restart) {
    return Stream.of(Phase.values())
        .map(
            phase -> {
              Duration took = restart.phases().get(phase);
              return phase.word() + " " + (took == null ? "not seen" : TimeWords.duration(took));
            })
        .collect(Collectors.joining(", "));
  }

  private void detail(String text) {
    detail(() -> html.text(text));
  }

  private void detail(Runnable content) {
    html.text(" ").inline("small", content);
  }
}
