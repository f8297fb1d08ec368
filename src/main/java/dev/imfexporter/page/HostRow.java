package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.diagnosis.Proof;
import dev.imfexporter.diagnosis.Summary;
import dev.imfexporter.overview.HostOverview;
import dev.imfexporter.overview.HostState;
import dev.imfexporter.overview.Rollouts;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.RestartForecast;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The cells of one host in the table of all hosts. */
final class HostRow {
  private final HostOverview host;
  private final Rollouts rollouts;
  private final Html html;
  private final PageParts parts;
  private final TimeView time;
  private final List<Cause> causes;

  HostRow(HostOverview host, Rollouts rollouts, Html html, PageParts parts, TimeView time) {
    this.host = host;
    this.rollouts = rollouts;
    this.html = html;
    this.parts = parts;
    this.time = time;
    this.causes = host.causes();
  }

  void name() {
    parts.hostLink(host.host());
  }

  void lastDay() {
    new DayTimeline(html, host, time).write();
  }

  void situation() {
    Summary summary = host.summary(time);
    html.element("span", summary.situation().title(), attr("class", "state " + tone()));
    if (host.state() == HostState.UNREADABLE) {
      host.host().collected().get(CollectorKey.SERVICES).result().reason().ifPresent(this::detail);
    } else if (host.state().isUrgent()) {
      detail(reason(summary.headline()));
    }
    summary
        .since()
        .ifPresent(
            since -> html.inline("small", () -> since(since, HostOverview.failedAfter(summary))));
    if (host.state().isUrgent()) {
      step()
          .ifPresent(
              step -> {
                html.inline("small", () -> next(step));
                Proof.of(summary.situation()).ifPresent(this::detail);
              });
    }
  }

  /** As on the page of the host, nothing is green while a known trouble is likely. */
  private String tone() {
    return host.state() == HostState.WELL && !causes.isEmpty()
        ? Headline.Tone.UNSETTLED.cssClass()
        : host.state().word();
  }

  /**
   * The first step with a command, as a whole: a command may have a condition. No command stands
   * here while the first step is to wait.
   */
  private Optional<String> step() {
    Diagnosis diagnosis = Diagnosis.of(host.host(), new DayEvents.NotAsked(), time);
    List<String> steps = diagnosis.firstSteps();
    return steps.stream()
        .filter(step -> diagnosis.waitFirst() || PageParts.hasCommand(step))
        .findFirst()
        .or(() -> steps.stream().findFirst());
  }

  private void next(String step) {
    html.text("Next: ");
    parts.instruction(step);
  }

  /** The headline without the host and its state, which stand beside it. */
  private static String reason(String headline) {
    return headline.substring(headline.indexOf(": ") + 1).strip();
  }

  private void since(Instant since, Optional<Episode> after) {
    html.text("since ");
    parts.time(since, time.time(since));
    after.ifPresent(update -> html.text(", after " + shortName(update)));
  }

  /** As {@code /updates} calls it. */
  private String shortName(Episode update) {
    return rollouts.release(host.host(), update).orElseGet(() -> FleetWords.shortName(update));
  }

  void update() {
    host.lastEpisode()
        .ifPresentOrElse(
            update -> {
              html.element(
                  "span",
                  FleetWords.outcome(update),
                  attr("class", FleetWords.outcomeWord(update)));
              html.text(" ");
              detail(shortName(update));
              html.text(" ");
              html.inline("small", () -> parts.dateAndTime(update.began()));
            },
            () -> none("none seen"));
  }

  void forecast() {
    host.forecast(time.now()).ifPresentOrElse(this::forecast, () -> none("not known"));
  }

  /** What a telephone leaves out. */
  private void none(String words) {
    html.element("span", words, attr("class", "none"));
  }

  private void forecast(RestartForecast next) {
    Instant at = next.at().toInstant();
    parts.time(at, TimeWords.localDayAndTime(next.at()));
    detail(
        "%s; %s"
            .formatted(
                TimeWords.distance(at, time.now()),
                next.updates() == 1 ? "1 update" : next.updates() + " updates"));
  }

  void causes() {
    if (causes.isEmpty()) {
      none(host.state().isUrgent() ? "not known" : "none known");
      return;
    }
    html.text(causes.get(0).trouble().title());
    if (causes.size() > 1) {
      detail("and %d more".formatted(causes.size() - 1));
    }
  }

  private void detail(String words) {
    html.element("small", words);
  }
}
