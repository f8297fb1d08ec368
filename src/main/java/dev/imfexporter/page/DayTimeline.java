package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.overview.HostOverview;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last 24 hours of a host in a few pixels: a bar for each outage, higher for SMTP, and a mark
 * for each update. The same is said in words for those who do not see it.
 */
final class DayTimeline {
  private static final Duration DAY = Duration.ofDays(1);

  /** What a unit of the picture stands for. */
  private static final long UNIT_SECONDS = 150;

  private static final long WIDTH = DAY.toSeconds() / UNIT_SECONDS;
  private static final long NARROWEST = 4;
  private static final int MOST_WORDS = 1;

  private final Html html;
  private final TimeView time;
  private final Instant now;
  private final Instant from;
  private final List<Outage> outages;

  /** A host keeps its newest outages and those of updates: between them there may be more. */
  private final boolean complete;

  private final List<Episode> updates;

  DayTimeline(Html html, HostOverview host, TimeView time) {
    this.html = html;
    this.time = time;
    now = time.now();
    from = now.minus(DAY);
    HostHistory history = host.host().history();
    outages =
        Episodes.outages(history).stream()
            .filter(outage -> outage.ended().orElse(now).isAfter(from))
            .toList();
    complete = history.hasOutagesSince(from);
    updates = host.episodes().stream().filter(episode -> !mark(episode).isBefore(from)).toList();
  }

  void write() {
    if (outages.isEmpty() && updates.isEmpty()) {
      html.inline("svg", () -> {}, attr("class", "day"), attr("aria-hidden", "true"));
    } else {
      html.inline(
          "svg",
          this::picture,
          attr("class", "day"),
          attr("viewBox", "0 0 576 20"),
          attr("preserveAspectRatio", "none"),
          attr("role", "img"),
          attr("aria-label", String.join("; ", words()) + "."));
    }
    html.element("small", summary());
  }

  /** A path for all bars of a kind, because a page has hundreds of them. */
  private void picture() {
    path("other", outages.stream().filter(outage -> !isMail(outage)).map(o -> bar(o, 16)));
    path("out", outages.stream().filter(DayTimeline::isMail).map(outage -> bar(outage, 14)));
    path("mark", updates.stream().map(update -> "M%d 0h12l-6 6z".formatted(at(mark(update)) - 6)));
  }

  private void path(String cssClass, Stream<String> shapes) {
    String all = shapes.distinct().collect(Collectors.joining());
    if (!all.isEmpty()) {
      html.inline("path", () -> {}, attr("class", cssClass), attr("d", all));
    }
  }

  /** A line, as thick as the style sheet says. */
  private String bar(Outage outage, int middle) {
    long begin = Math.max(0, at(outage.began()));
    long width = Math.max(NARROWEST, at(outage.ended().orElse(now)) - begin);
    return "M%d %dh%d".formatted(Math.min(begin, WIDTH - width), middle, width);
  }

  private long at(Instant time) {
    return Duration.between(from, time).toSeconds() / UNIT_SECONDS;
  }

  private static Instant mark(Episode episode) {
    return episode.markers().isEmpty() ? episode.began() : episode.markers().get(0).at();
  }

  private static boolean isMail(Outage outage) {
    return outage.service().equalsIgnoreCase(WellKnownServices.SMTP);
  }

  private List<String> words() {
    List<String> all =
        Stream.concat(
                outages.stream().map(outage -> new Said(outage.began(), words(outage))),
                updates.stream().map(update -> new Said(mark(update), words(update))))
            .sorted(Comparator.comparing(Said::at).reversed())
            .map(Said::words)
            .toList();
    List<String> said = new ArrayList<>();
    said.addAll(all.subList(0, Math.min(MOST_WORDS, all.size())));
    if (all.size() > MOST_WORDS) {
      said.add("and %s%d more".formatted(complete ? "" : "at least ", all.size() - MOST_WORDS));
    }
    return said;
  }

  private record Said(Instant at, String words) {}

  private String words(Outage outage) {
    return "%s out at %s %s"
        .formatted(
            outage.service(),
            time.time(outage.began()),
            outage
                .total()
                .map(total -> "for " + TimeWords.duration(total))
                .orElse("and not back yet"));
  }

  private String words(Episode update) {
    return "update at " + time.time(mark(update));
  }

  private String summary() {
    if (outages.isEmpty()) {
      return "no outage known";
    }
    Duration mail = Duration.ZERO;
    for (Outage outage : outages) {
      if (isMail(outage)) {
        Instant begin = outage.began().isBefore(from) ? from : outage.began();
        mail = mail.plus(Duration.between(begin, outage.ended().orElse(now)));
      }
    }
    String least = complete ? "" : "at least ";
    String count = least + (outages.size() == 1 ? "1 outage" : outages.size() + " outages");
    return mail.isZero()
        ? count
        : "%s, SMTP %s%s".formatted(count, least, TimeWords.duration(mail));
  }
}
