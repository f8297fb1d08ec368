package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import dev.imfexporter.diagnosis.Proof;
import dev.imfexporter.diagnosis.Summary;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import java.util.ArrayList;
import java.util.List;

/** The first screen of a telephone: what is so, since when, after what, why, and what to do. */
final class GlanceSection {
  /** Steps that come before the first command. */
  private static final int MOST_STEPS = 3;

  private final Html html;
  private final PageParts parts;
  private final HostSnapshot snapshot;
  private final TimeView time;
  private final Diagnosis diagnosis;
  private final Summary summary;

  GlanceSection(
      Html html, PageParts parts, HostSnapshot snapshot, TimeView time, Diagnosis diagnosis) {
    this.html = html;
    this.parts = parts;
    this.snapshot = snapshot;
    this.time = time;
    this.diagnosis = diagnosis;
    summary = diagnosis.summary();
  }

  void write() {
    Headline headline = Headline.of(summary, diagnosis.causes(), snapshot);
    html.block(
        "div",
        () -> {
          html.element("p", summary.situation().title(), attr("class", "tone")).line();
          headline.sentences().forEach(s -> html.element("p", s).line());
          html.block("dl", this::facts, attr("class", "glance"));
          if (!next().isEmpty()) {
            Proof.of(summary.situation()).ifPresent(proof -> html.element("p", proof).line());
          }
          links();
        },
        attr("class", "headline " + headline.tone().cssClass()));
    steps();
  }

  private void facts() {
    summary
        .since()
        .ifPresent(
            since ->
                parts.fact(
                    "Since",
                    () -> {
                      parts.time(since, time.time(since));
                      parts.aside(TimeWords.lasting(since, time.now()));
                    }));
    summary.episode().ifPresent(this::episode);
    boolean wrong =
        switch (diagnosis.verdict()) {
          case FAILING, AT_RISK -> true;
          case HEALTHY, UNREADABLE -> false;
        };
    if (!diagnosis.causes().isEmpty()) {
      parts.fact("Likely cause", () -> html.text(cause(diagnosis.causes().get(0))));
    } else if (wrong) {
      parts.fact("Likely cause", () -> html.text(noneKnown()));
    }
    List<String> next = next();
    if (!next.isEmpty()) {
      // The first steps for a host that cannot be read are taken elsewhere.
      boolean there = diagnosis.verdict() != Verdict.UNREADABLE;
      parts.fact(there ? "Next, on " + snapshot.name() : "Next", () -> next(next));
    }
  }

  private static String cause(Cause cause) {
    return cause.trouble().title() + ". " + cause.evidence().stream().findFirst().orElse("");
  }

  private String noneKnown() {
    boolean stands =
        switch (summary.situation()) {
          case HALTED, INTERRUPTED, NO_ANSWER, STALLED -> true;
          default -> false;
        };
    return stands && summary.episode().isPresent()
        ? "not known. Most often a plug-in of inetinfo.exe is slow or fails, and not the update."
        : "not known: no known trouble fits.";
  }

  private void episode(Episode episode) {
    parts.fact(
        "After",
        () -> {
          html.text(Episodes.update(episode) + ", ");
          parts.pageLinkInText(
              Episodes.address(snapshot, episode), "episode %d".formatted(episode.number()));
          html.text(", " + Episodes.word(episode));
        });
  }

  /** Up to the first command; if that is too far, the first one. */
  private List<String> next() {
    List<String> next = new ArrayList<>();
    for (String step : diagnosis.firstSteps()) {
      if (next.size() == MOST_STEPS) {
        break;
      }
      next.add(step);
      if (PageParts.hasCommand(step)) {
        return next;
      }
    }
    return next.subList(0, Math.min(1, next.size()));
  }

  private void next(List<String> steps) {
    if (steps.size() == 1) {
      parts.instruction(steps.get(0));
    } else {
      html.block(
          "ol", () -> steps.forEach(s -> html.inline("li", () -> parts.instruction(s)).line()));
    }
  }

  private void links() {
    html.block(
        "p",
        () -> {
          summary
              .runbook()
              .ifPresent(
                  name ->
                      parts.pageLink(
                          "/runbooks/%s?host=%s"
                              .formatted(name, PageParts.encoded(snapshot.name())),
                          "Open the runbook"));
          parts.pageLink(HostsAddress.of(snapshot), "Reload this page");
        },
        attr("class", "links"));
  }

  private void steps() {
    parts.details(
        "All steps, and what not to conclude",
        () -> {
          html.block(
              "ol",
              () ->
                  diagnosis
                      .nextSteps()
                      .forEach(s -> html.inline("li", () -> parts.instruction(s)).line()));
          if (!diagnosis.cautions().isEmpty()) {
            html.element("p", "What not to conclude").line();
            html.block("ul", () -> diagnosis.cautions().forEach(c -> html.element("li", c).line()));
          }
        });
  }
}
