package dev.imfexporter.page;

import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.page.Timeline.Bar;
import dev.imfexporter.page.Timeline.Entry;
import dev.imfexporter.page.Timeline.Kind;
import dev.imfexporter.page.Timeline.Lane;
import dev.imfexporter.page.Timeline.Piece;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailHistory.Change;
import dev.imfexporter.watch.model.MailHistory.Queue;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a timeline of the history of a host. */
final class TimelineLanes {
  /** More columns than this are not told apart on a telephone. */
  private static final int MOST_BARS = 96;

  private static final String QUEUES = "Messages in the queues";

  private final HostHistory history;
  private final TimeView time;
  private final Timeline frame;

  private TimelineLanes(HostHistory history, TimeView time, Instant from, Instant until) {
    this.history = history;
    this.time = time;
    frame = new Timeline(from, until, List.of());
  }

  static Timeline of(HostHistory history, TimeView time, Instant from, Instant until) {
    TimelineLanes lanes = new TimelineLanes(history, time, from, until);
    List<Lane> all = new ArrayList<>();
    all.add(lanes.updates());
    all.addAll(new ServiceLanes(history, time, lanes.outages()).all());
    all.add(lanes.mailFlow());
    all.add(lanes.queue());
    lanes.host().ifPresent(all::add);
    return new Timeline(from, until, all);
  }

  private Lane updates() {
    List<Entry> entries = new ArrayList<>();
    for (Episode episode : history.episodes().all()) {
      Instant end = episode.closed().orElse(time.now());
      if (frame.touches(episode.began(), end)) {
        entries.add(
            new Entry(
                episode.began(),
                end,
                episode.closed().isEmpty(),
                Episodes.name(episode) + ": " + Episodes.word(episode),
                List.of(
                    new Piece(
                        episode.began(), end, Kind.EPISODE, Long.toString(episode.number())))));
      }
    }
    Set<UpdateMarker> markers = new LinkedHashSet<>(history.updates().markers());
    history.episodes().all().forEach(episode -> markers.addAll(episode.markers()));
    markers.stream()
        .filter(marker -> frame.touches(marker.at(), marker.at()))
        .map(marker -> Entry.moment(marker.at(), Kind.MARKER, Episodes.words(marker)))
        .forEach(entries::add);
    return Lane.of("Updates", entries);
  }

  private List<Outage> outages() {
    return Episodes.outages(history).stream()
        .filter(outage -> frame.touches(outage.began(), outage.ended().orElse(time.now())))
        .toList();
  }

  private Lane mailFlow() {
    List<Change> changes = history.mailHistory().changes();
    List<Entry> entries = new ArrayList<>();
    if (changes.isEmpty() || changes.get(0).from().isAfter(frame.from())) {
      Instant known = changes.isEmpty() ? time.now() : changes.get(0).from();
      Instant end = known.isAfter(frame.until()) ? frame.until() : known;
      entries.add(
          new Entry(
              frame.from(),
              end,
              false,
              "not known: this is kept from the start of the exporter on",
              List.of(new Piece(frame.from(), end, Kind.UNSEEN, ""))));
      outages().stream()
          .filter(outage -> outage.service().equals(WellKnownServices.SMTP))
          .filter(outage -> outage.began().isBefore(end))
          .map(outage -> interrupted(outage, end))
          .forEach(entries::add);
    }
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      boolean last = i + 1 == changes.size();
      Instant end = last ? time.now() : changes.get(i + 1).from();
      kind(change.state())
          .filter(kind -> frame.touches(change.from(), end))
          .ifPresent(
              kind ->
                  entries.add(
                      new Entry(
                          change.from(),
                          end,
                          last,
                          change.state().word(),
                          List.of(new Piece(change.from(), end, kind, change.state().word())))));
    }
    return Lane.of("Mail flow", entries);
  }

  /** Before the time that is known, the outages of SMTP are. */
  private static Entry interrupted(Outage outage, Instant known) {
    Instant end = outage.ended().filter(at -> at.isBefore(known)).orElse(known);
    return new Entry(
        outage.began(),
        end,
        false,
        "interrupted: SMTPSVC did not run",
        List.of(new Piece(outage.began(), end, Kind.FAILING, "")));
  }

  /** Empty where mail flows. */
  private static Optional<Kind> kind(MailFlow.State state) {
    return switch (state) {
      case FLOWING, IDLE, ANSWERING -> Optional.empty();
      case RETRYING -> Optional.of(Kind.WAITING);
      case UNKNOWN -> Optional.of(Kind.UNSEEN);
      case BOUNCING, STUCK, STALLED, INTERRUPTED, HALTED -> Optional.of(Kind.FAILING);
    };
  }

  private Lane queue() {
    Optional<Queue> kept = history.mailHistory().queue();
    List<Bar> parts = kept.stream().flatMap(queue -> parts(queue).stream()).toList();
    if (parts.isEmpty()) {
      return new Lane(
          QUEUES,
          "not known; their length is kept for a day, from the start of the exporter on",
          List.of(),
          List.of());
    }
    int most = Timeline.highest(parts);
    String known = time.time(kept.orElseThrow().from());
    List<Entry> highest =
        parts.stream()
            .filter(part -> part.messages() == most && most > 0)
            .limit(1)
            .map(part -> new Entry(part.from(), part.until(), false, words(most), List.of()))
            .toList();
    return new Lane(
        QUEUES, "%s, known from about %s on".formatted(words(most), known), highest, merged(parts));
  }

  private static String words(int most) {
    return "at most " + most;
  }

  private List<Bar> parts(Queue queue) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < queue.longest().size(); i++) {
      Instant begin = queue.at(i);
      Instant part = begin.plus(Queue.PART);
      Instant end = part.isAfter(time.now()) ? time.now() : part;
      if (queue.longest().get(i) != Queue.NOT_READ && frame.touches(begin, end)) {
        bars.add(new Bar(begin, end, queue.longest().get(i)));
      }
    }
    return bars;
  }

  /** Parts that follow each other and have the same length are one; of too many, every few. */
  private static List<Bar> merged(List<Bar> parts) {
    int each = (parts.size() + MOST_BARS - 1) / MOST_BARS;
    List<Bar> merged = new ArrayList<>();
    for (int i = 0; i < parts.size(); i += each) {
      List<Bar> some = parts.subList(i, Math.min(parts.size(), i + each));
      Bar bar =
          new Bar(some.get(0).from(), some.get(some.size() - 1).until(), Timeline.highest(some));
      Bar before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (before != null
          && before.messages() == bar.messages()
          && before.until().equals(bar.from())) {
        merged.set(merged.size() - 1, new Bar(before.from(), bar.until(), bar.messages()));
      } else {
        merged.add(bar);
      }
    }
    return merged;
  }

  private Optional<Lane> host() {
    Set<Boot> boots = new LinkedHashSet<>();
    history.episodes().all().forEach(episode -> boots.addAll(episode.boots()));
    List<Entry> entries =
        boots.stream()
            .filter(boot -> frame.touches(boot.down(), boot.up()))
            .map(
                boot ->
                    new Entry(
                        boot.down(),
                        boot.up(),
                        false,
                        boot.orderly() ? "restarted" : "went down without a shutdown, and came up",
                        List.of(new Piece(boot.down(), boot.up(), Kind.BOOT, "boot"))))
            .toList();
    return entries.isEmpty() ? Optional.empty() : Optional.of(Lane.of("Host", entries));
  }
}
