package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.overview.HostOverview;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
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
  private final List<Episode> updates;

  DayTimeline(Html html, HostOverview host, TimeView time) {
    this.html = html;
    this.time = time;
    now = time.now();
    from = now.minus(DAY);
    outages =
        host.host().history().outages().stream()
            .filter(outage -> outage.ended().orElse(now).isAfter(from))
            .sorted(Comparator.comparing(Outage::began))
            .toList();
    updates = host.episodes().filter(episode -> !mark(episode).isBefore(from)).toList();
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
    html.element("span", summary(), attr("class", "detail"));
  }

  /** A path for all bars of a kind, because a page has hundreds of them. */
  private void picture() {
    path("other", outages.stream().filter(outage -> !isMail(outage)).map(o -> bar(o, 12, 8)));
    path("out", outages.stream().filter(DayTimeline::isMail).map(outage -> bar(outage, 7, 13)));
    path("mark", updates.stream().map(update -> "M%d 0h12l-6 6z".formatted(at(mark(update)) - 6)));
  }

  private void path(String cssClass, Stream<String> shapes) {
    String all = shapes.distinct().collect(Collectors.joining());
    if (!all.isEmpty()) {
      html.inline("path", () -> {}, attr("class", cssClass), attr("d", all));
    }
  }

  private String bar(Outage outage, int top, int height) {
    long begin = Math.max(0, at(outage.began()));
    long width = Math.max(NARROWEST, at(outage.ended().orElse(now)) - begin);
    return "M%d %dh%dv%dh-%dz".formatted(Math.min(begin, WIDTH - width), top, width, height, width);
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
      said.add("and %d more".formatted(all.size() - MOST_WORDS));
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
    String count = outages.size() == 1 ? "1 outage" : outages.size() + " outages";
    return mail.isZero() ? count : "%s, SMTP %s".formatted(count, TimeWords.duration(mail));
  }
}
