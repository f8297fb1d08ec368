package dev.imfexporter.page;

import dev.imfexporter.text.HasWord;
import dev.imfexporter.text.TimeView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reader chose for a page, which its links keep, and what the exporter says of itself there.
 *
 * @param zoneChosen whether the reader named the time zone; otherwise it is the exporter's
 * @param site where its links lead
 * @param troubles sentences: what is wrong with the exporter, and what to do
 */
public record PageView(
    TimeView time, boolean zoneChosen, Range range, Site site, List<String> troubles) {
  public PageView {
    troubles = List.copyOf(troubles);
  }

  /** How far back the timeline of a host goes. */
  public enum Range implements HasWord {
    HOUR_1("1h", Duration.ofHours(1)),
    HOURS_6("6h", Duration.ofHours(6)),
    HOURS_24("24h", Duration.ofHours(24)),
    DAYS_7("7d", Duration.ofDays(7)),
    DAYS_30("30d", Duration.ofDays(30));

    private final String word;
    private final Duration length;

    Range(String word, Duration length) {
      this.word = word;
      this.length = length;
    }

    @Override
    public String word() {
      return word;
    }

    Duration length() {
      return length;
    }
  }

  /** On the usual site. */
  public PageView(TimeView time, boolean zoneChosen, Range range) {
    this(time, zoneChosen, range, Site.USUAL, List.of());
  }

  /** The view of a reader who chose nothing, in UTC. */
  public static PageView utc(Instant now) {
    return new PageView(TimeView.utc(now), false, Range.HOURS_6);
  }

  /** The same choice at another moment. */
  public PageView at(Instant now) {
    return new PageView(new TimeView(now, time.zone()), zoneChosen, range, site, troubles);
  }

  /** The same choice, while that is wrong with the exporter. */
  public PageView with(List<String> wrong) {
    return new PageView(time, zoneChosen, range, site, wrong);
  }

  /** A page of this exporter, in the same view. */
  String keptBy(String page) {
    return with(page, range);
  }

  /** A page of this exporter, in the same time zone and with another range. */
  String with(String page, Range other) {
    List<String> query = new ArrayList<>();
    if (zoneChosen) {
      query.add("tz=" + URLEncoder.encode(time.zone().getId(), StandardCharsets.UTF_8));
    }
    if (other != Range.HOURS_6) {
      query.add("range=" + other.word());
    }
    String address = site.at(page);
    return query.isEmpty()
        ? address
        : address + (page.contains("?") ? "&" : "?") + String.join("&", query);
  }
}
