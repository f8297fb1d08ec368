package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.page.Headline.Tone;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.GoneVirtualServer;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailHistory.Queue;
import dev.imfexporter.watch.model.ServiceHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The page of one episode, which is its receipt when it is printed. */
public final class EpisodePage {
  private final HostSnapshot snapshot;
  private final Episode episode;
  private final TimeView time;
  private final PageFrame frame;
  private final Html html;
  private final PageParts parts;

  private EpisodePage(HostSnapshot snapshot, Episode episode, PageView view, String version) {
    this.snapshot = snapshot;
    this.episode = episode;
    time = view.time();
    frame = new PageFrame(view, version);
    html = frame.html();
    parts = frame.parts();
  }

  /** The page, complete; empty if no episode of that number is kept. */
  public static Optional<String> of(
      HostSnapshot snapshot, long number, PageView view, String version) {
    return snapshot
        .history()
        .episodes()
        .find(number)
        .map(episode -> new EpisodePage(snapshot, episode, view, version).page());
  }

  private String page() {
    String name = "Episode %d of %s".formatted(episode.number(), snapshot.name());
    return frame.page(
        name + ": " + Episodes.word(episode),
        () -> html.element("h1", name).line(),
        this::sections,
        () -> {
          parts.pageLink("/", "Hosts");
          parts.pageLink(HostsAddress.of(snapshot), snapshot.name());
          parts.ownLink(Episodes.address(snapshot, episode) + ".json", "Receipt as JSON");
          parts.ownLink(
              Episodes.address(snapshot, episode) + "/evidence.zip", "Evidence (archive)");
        });
  }

  private void sections() {
    html.block(
        "div",
        () -> {
          html.element("p", PageParts.capital(Episodes.word(episode)), attr("class", "tone"))
              .line();
          html.element("p", EpisodeStory.of(episode, time)).line();
          if (!episode.followed()) {
            html.element("p", "Not all of it was observed, so something may be missing.").line();
          }
          html.inline(
                  "p", () -> parts.pageLink(HostsAddress.of(snapshot), snapshot.name() + " now"))
              .line();
        },
        attr("class", "headline " + tone().cssClass()));
    parts.section("Timeline", this::timeline);
    parts.section(
        "How long each phase took",
        () -> new PhaseSection(html, parts, snapshot, time).write(episode));
    parts.section(
        "What may have held up IIS Admin",
        () -> new WaitSection(html, parts, snapshot, time).of(episode));
    parts.section("Who started it again", this::starts);
    parts.section("What changed", this::changes);
    parts.section("Messages that waited", this::messages);
    parts.section("Receipt", () -> new ReceiptSection(html, parts, time).write(snapshot, episode));
  }

  private Tone tone() {
    return episode
        .outcome()
        .map(
            outcome ->
                switch (outcome) {
                  case UNAFFECTED, RECOVERED -> Tone.WELL;
                  case RECOVERED_SLOWLY, RECOVERED_AFTER_HALT, ROLLED_BACK, UNKNOWN ->
                      Tone.UNSETTLED;
                })
        .orElse(episode.state() == Episode.State.HALTED ? Tone.ATTENTION : Tone.UNSETTLED);
  }

  private Instant end() {
    return episode.closed().orElse(time.now());
  }

  private void timeline() {
    Duration margin = Duration.between(episode.began(), end()).dividedBy(10).plusSeconds(30);
    Instant until = end().plus(margin);
    new TimelineSection(
            html,
            parts,
            time,
            TimelineLanes.of(
                snapshot.history(),
                time,
                episode.began().minus(margin),
                until.isAfter(time.now()) ? time.now() : until))
        .write();
  }

  private void starts() {
    if (episode.outages().isEmpty()) {
      parts.note("No watched service stopped.");
      return;
    }
    boolean over = episode.closed().isPresent();
    parts.table(
        "By the evidence of the event log",
        List.of("Service", "Ran again", "Started by", "Known from"),
        episode.outages(),
        List.of(
            row -> html.text(row.service()),
            row ->
                row.ended()
                    .ifPresentOrElse(
                        parts::dateAndTime, () -> html.text(over ? "not observed" : "not yet")),
            row ->
                html.text(
                    row.startedBy()
                        .map(Episodes::words)
                        .orElse(over ? "not observed" : "not started yet")),
            row ->
                html.text(String.join(", ", row.sources().stream().map(s -> s.word()).toList()))));
  }

  private void changes() {
    new SettingsSection(html, parts, snapshot, time).write(episode);
    parts.table(
        "Signs of the update",
        List.of("Sign", "At"),
        episode.markers(),
        List.of(row -> html.text(Episodes.words(row)), row -> parts.dateAndTime(row.at())));
    List<String> others = new ArrayList<>();
    for (Boot boot : episode.boots()) {
      others.add(
          "The host was down from %s to %s%s."
              .formatted(
                  time.dateAndTime(boot.down()),
                  time.time(boot.up(), boot.down()),
                  boot.orderly() ? "" : ", without an orderly shutdown"));
    }
    for (ServiceHistory service : snapshot.history().services()) {
      service
          .downgraded()
          .filter(this::isWithin)
          .ifPresent(
              at ->
                  others.add(
                      "%s was set to start less readily at %s."
                          .formatted(service.name(), time.dateAndTime(at))));
    }
    for (GoneVirtualServer gone : snapshot.history().goneVirtualServers()) {
      if (isWithin(gone.lastListed())) {
        others.add(
            "The virtual server %s was last there at %s."
                .formatted(gone.name(), time.dateAndTime(gone.lastListed())));
      }
    }
    if (!others.isEmpty()) {
      html.block("ul", () -> others.forEach(words -> html.element("li", words).line()));
    }
  }

  private boolean isWithin(Instant at) {
    return !at.isBefore(episode.began().minusSeconds(60)) && !at.isAfter(end());
  }

  private void messages() {
    Optional<Queue> queue =
        snapshot
            .history()
            .mailHistory()
            .queue()
            .filter(kept -> kept.from().isBefore(end()) && !kept.from().isAfter(episode.began()));
    OptionalInt most =
        queue.isEmpty()
            ? OptionalInt.empty()
            : IntStream.range(0, queue.get().longest().size())
                .filter(
                    i ->
                        queue.get().at(i).plus(Queue.PART).isAfter(episode.began())
                            && queue.get().at(i).isBefore(end()))
                .map(i -> queue.get().longest().get(i))
                .filter(length -> length != Queue.NOT_READ)
                .max();
    if (most.isPresent()) {
      html.element(
              "p",
              "At most %d %s waited in the queues of SMTP while it ran; what came in while it was down waited at its senders or in the folder Pickup."
                  .formatted(most.getAsInt(), most.getAsInt() == 1 ? "message" : "messages"))
          .line();
    } else {
      parts.note(
          "Not known: the length of the queues is kept for a day, from the start of the exporter"
              + " on, and only while SMTP runs. Prometheus has it for longer"
              + " (imf_smtp_queue_length).");
    }
    if (episode.closed().isEmpty()) {
      html.element("p", "The message folders now:").line();
      new MailSections(html, parts, snapshot).folders();
    }
  }
}
