package dev.imfexporter.life;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.life.OutagePattern.Down;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What docs/runbooks promises about an {@link OutagePattern}: when an alert must fire, and when it
 * may. Computed from the true outages alone.
 */
final class PatternPromises {
  private static final int LIMIT = 300;

  /** A scrape and an evaluation. */
  private static final int SCRAPE = 15;

  private static final int LATEST = SCRAPE + 30;

  /** How long a page is kept at least, and one after an update. */
  private static final int PAGE_KEPT = 12 * 60;

  private static final int AFTER_UPDATE_KEPT = 13 * 60;
  private static final int IIS_ADMIN_KEPT = 11 * 60;

  /** How much later than the page the alert of another service comes. */
  private static final int WARNING_WAITS = 60;

  /**
   * An outage that begins so soon after a halt belongs to its incident, one after longer does not.
   */
  private static final int SAME_INCIDENT = 6 * 60;

  private static final int OTHER_INCIDENT = 9 * 60;
  private static final int BEFORE_MARKER = 600;
  private static final int AFTER_MARKER = 1800;
  private static final int FLAPPING = 900;
  private static final int GAP_BRIDGED = 360;
  private static final int MOSTLY_DOWN_KEPT = 12 * 60;

  /** An alert, or several of which one is enough. */
  enum Of {
    PAGE("ImfMailFlowHalted|ImfMailFlowHaltedAfterUpdate"),
    AFTER_UPDATE("ImfMailFlowHaltedAfterUpdate"),
    /** Its own tests say when it has to fire. */
    MOSTLY_DOWN("ImfMailFlowMostlyDown"),
    IIS_ADMIN("ImfIisAdminDown"),
    LEFT_STOPPED("ImfServiceLeftStopped"),
    FLAPPING("ImfServiceFlapping");

    private final String alerts;

    Of(String alerts) {
      this.alerts = alerts;
    }

    /** A regular expression of their names. */
    String alerts() {
      return alerts;
    }
  }

  /** Both ends belong to it. */
  private record Range(int from, int until) {
    boolean contains(int at) {
      return from <= at && at <= until;
    }
  }

  /**
   * An outage beyond the limit.
   *
   * @param from when the outage began
   * @param end when the service ran again, or an administrator disabled it
   */
  private record Halt(int from, int end) {
    int began() {
      return from + LIMIT;
    }
  }

  private final OutagePattern pattern;
  private final Map<Of, List<Range>> must = new EnumMap<>(Of.class);
  private final Map<Of, List<Range>> may = new EnumMap<>(Of.class);
  private int fewestIncidents;
  private int mostIncidents;

  PatternPromises(OutagePattern pattern) {
    this.pattern = pattern;
    for (Of of : Of.values()) {
      must.put(of, new ArrayList<>());
      may.put(of, new ArrayList<>());
    }
    page();
    halts(LifeService.IISADMIN)
        .forEach(halt -> warning(halt, Of.IIS_ADMIN, halt.end() + LATEST + IIS_ADMIN_KEPT));
    halts(LifeService.W3SVC)
        .forEach(halt -> warning(halt, Of.LEFT_STOPPED, afterGap(halt.end() + SCRAPE)));
    for (LifeService service : LifeService.values()) {
      flapping(pattern.downs().stream().filter(d -> d.service() == service).toList());
    }
  }

  /** Whether one of the alerts has to fire. */
  boolean must(Of of, int at) {
    return must(of).stream().anyMatch(range -> range.contains(at));
  }

  /** Whether one of the alerts is allowed to fire. */
  boolean may(Of of, int at) {
    return may(of).stream().anyMatch(range -> range.contains(at));
  }

  /** How often the page comes at least. */
  int fewestIncidents() {
    return fewestIncidents;
  }

  /** How often the page comes at most. */
  int mostIncidents() {
    return mostIncidents;
  }

  private List<Range> must(Of of) {
    return Objects.requireNonNull(must.get(of));
  }

  private List<Range> may(Of of) {
    return Objects.requireNonNull(may.get(of));
  }

  private List<Halt> halts(LifeService service) {
    return pattern.downs().stream()
        .filter(down -> down.service() == service)
        .map(down -> new Halt(down.from(), end(down)))
        .filter(halt -> halt.end() > halt.began())
        .toList();
  }

  /** Outside of any update, a disabled service is no longer meant to run. */
  private int end(Down down) {
    return down.aside()
        .filter(aside -> aside.mode() == StartMode.DISABLED && pattern.markers().isEmpty())
        .map(OutagePattern.SetAside::at)
        .orElse(down.until());
  }

  private void page() {
    int lastEnd = -OTHER_INCIDENT;
    int lastSeenEnd = -SAME_INCIDENT;
    for (Halt halt : halts(LifeService.SMTPSVC)) {
      int due = afterGap(halt.began() + LATEST);
      boolean seen = due <= beforeGap(halt.end());
      may(Of.PAGE).add(new Range(halt.began(), halt.end() + AFTER_UPDATE_KEPT));
      if (seen) {
        must(Of.PAGE).add(new Range(due, beforeGap(halt.end()) + PAGE_KEPT - LATEST));
      }
      afterUpdate(halt, due);
      if (lastSeenEnd + SAME_INCIDENT < halt.from()) {
        mostIncidents++;
      }
      if (seen && lastEnd + OTHER_INCIDENT < halt.from()) {
        fewestIncidents++;
      }
      lastEnd = halt.end();
      lastSeenEnd = seen ? halt.end() : lastSeenEnd;
    }
    // The exporter may be away for a part of what joins two halts.
    mostIncidents += mostIncidents > 0 ? pattern.gaps().size() : 0;
  }

  private void afterUpdate(Halt halt, int due) {
    for (int marker : pattern.markers()) {
      if (halt.from() >= marker - BEFORE_MARKER && halt.from() <= marker + AFTER_MARKER) {
        may(Of.AFTER_UPDATE)
            .add(new Range(Math.max(halt.began(), marker), halt.end() + AFTER_UPDATE_KEPT));
        must(Of.AFTER_UPDATE)
            .add(new Range(Math.max(due, afterGap(marker + LATEST)), beforeGap(halt.end()) - 1));
      }
    }
  }

  private void warning(Halt halt, Of of, int until) {
    // One that is still kept from the halt before does not wait again.
    int waits = may(of, halt.began()) ? 0 : WARNING_WAITS;
    may(of).add(new Range(halt.began() + waits, until));
    must(of)
        .add(new Range(afterGap(halt.began() + LATEST) + WARNING_WAITS, beforeGap(halt.end()) - 1));
  }

  private void flapping(List<Down> downs) {
    for (int third = 2; third < downs.size(); third++) {
      int first = downs.get(third - 2).from();
      int from = downs.get(third).from();
      if (from - first < FLAPPING) {
        int until = first + FLAPPING + GAP_BRIDGED + LATEST;
        may(Of.FLAPPING).add(new Range(from, until));
        if (downs.get(third).service() == LifeService.SMTPSVC) {
          may(Of.MOSTLY_DOWN).add(new Range(from, until + MOSTLY_DOWN_KEPT));
        }
      }
    }
  }

  /** The time, or if the exporter was away just before it, when it has been back for as long. */
  private int afterGap(int at) {
    return pattern.gaps().stream()
        .filter(gap -> gap.from() <= at && at < gap.until() + LATEST)
        .mapToInt(gap -> gap.until() + LATEST)
        .findFirst()
        .orElse(at);
  }

  /** The time, or the last one at which the exporter was there. */
  private int beforeGap(int at) {
    return pattern.gaps().stream()
        .filter(gap -> gap.from() <= at && at <= gap.until() + SCRAPE)
        .mapToInt(Night.Gap::from)
        .findFirst()
        .orElse(at);
  }
}
