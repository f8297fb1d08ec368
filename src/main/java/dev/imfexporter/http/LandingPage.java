package dev.imfexporter.http;

import static dev.imfexporter.http.Html.attr;

import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.ReadingName;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.reading.SmtpCounter;
import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.Marker;
import dev.imfexporter.watch.UpdateHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page for a person: how the host is, without a script and readable by any browser. */
final class LandingPage {
  /** The queues in the order and words of the metric {@code imf_smtp_queue_length}. */
  private static final Map<SmtpCounter, String> QUEUES = new LinkedHashMap<>();

  static {
    QUEUES.put(SmtpCounter.LOCAL_QUEUE_LENGTH, "Local");
    QUEUES.put(SmtpCounter.LOCAL_RETRY_QUEUE_LENGTH, "Local retry");
    QUEUES.put(SmtpCounter.REMOTE_QUEUE_LENGTH, "Remote");
    QUEUES.put(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, "Remote retry");
    QUEUES.put(SmtpCounter.CATEGORIZER_QUEUE_LENGTH, "Categorizer");
    QUEUES.put(SmtpCounter.MESSAGES_PENDING_ROUTING, "Pending routing");
    QUEUES.put(SmtpCounter.MESSAGES_CURRENTLY_UNDELIVERABLE, "Undeliverable");
  }

  private final HostSnapshot snapshot;
  private final Instant now;
  private final Html html = Html.document();
  private final PageParts parts;

  private LandingPage(HostSnapshot snapshot, Instant now) {
    this.snapshot = snapshot;
    this.now = now;
    this.parts = new PageParts(html, now);
  }

  /** The page, complete. */
  static String of(HostSnapshot snapshot, Instant now, String version) {
    LandingPage page = new LandingPage(snapshot, now);
    Headline headline = Headline.of(snapshot, now);
    page.html.block(
        "html",
        () -> {
          page.head(headline);
          page.html.block(
              "body",
              () -> {
                page.top(headline);
                page.html.block("main", page::sections);
                page.foot(version);
              });
        },
        attr("lang", "en"));
    return page.html.toString();
  }

  private void head(Headline headline) {
    html.block(
        "head",
        () -> {
          html.empty("meta", attr("charset", "utf-8"));
          html.empty("meta", attr("name", "viewport"), attr("content", "width=device-width"));
          html.element("title", snapshot.name() + ": " + headline.tone().words()).line();
          html.style(PageStyle.sheet());
        });
  }

  private void top(Headline headline) {
    html.block(
        "header",
        () -> {
          html.element("h1", snapshot.name()).line();
          html.element("p", "Read by imf-exporter, access " + snapshot.access().word()).line();
          html.block(
              "div",
              () -> {
                html.element("p", headline.tone().words(), attr("class", "tone")).line();
                headline.sentences().forEach(s -> html.element("p", s).line());
              },
              attr("class", "headline " + headline.tone().cssClass()));
        });
  }

  private void sections() {
    parts.section("Services", this::services);
    parts.section("Definition", this::definition);
    parts.section("SMTP queues", this::queues);
    parts.section("Readings", this::readings);
  }

  private void services() {
    List<ServiceView> services = ServiceView.of(snapshot);
    if (services.isEmpty()) {
      parts.note(
          snapshot.services().value().isPresent()
              ? "No service of this host is watched."
              : "Nothing is known of the services.");
      return;
    }
    ServiceCells cells = new ServiceCells(html, parts, now);
    parts.table(
        "The configured services first, then those that depend on IIS Admin",
        List.of("Service", "State", "Start mode", "Last restart", "Watched by"),
        services,
        List.of(cells::name, cells::state, cells::startMode, cells::restart, cells::witness));
  }

  private void definition() {
    Taken<Definition> taken = snapshot.definition();
    taken
        .value()
        .ifPresentOrElse(
            read -> html.block("dl", () -> definition(read, snapshot.updates())),
            () -> parts.why(taken));
  }

  private void definition(Definition read, UpdateHistory updates) {
    parts.fact(
        "Registry",
        () ->
            read.registered()
                .ifPresentOrElse(
                    r -> html.text(r.version().text()), () -> html.text("no version yet")));
    parts.fact(
        "Newest folder",
        () ->
            read.folder()
                .ifPresentOrElse(f -> html.text(f.version().text()), () -> html.text("none seen")));
    parts.fact("Agreement", () -> html.text(agreement(read)));
    parts.fact(
        "Installed",
        () ->
            read.registered()
                .flatMap(Definition.Registered::installed)
                .ifPresentOrElse(parts::moment, () -> html.text("not known")));
    parts.fact(
        "Updates offered",
        () -> html.text(read.updatesEnabled().map(on -> on ? "yes" : "no").orElse("not known")));
    for (Marker marker : Marker.values()) {
      updates
          .last(marker, UpdateKind.DEFINITION)
          .ifPresent(at -> parts.fact("Last marker, " + marker.word(), () -> parts.moment(at)));
    }
    parts.fact("Changes seen", () -> html.text(Long.toString(updates.changes())));
  }

  private static String agreement(Definition read) {
    if (read.registered().isEmpty() || read.folder().isEmpty()) {
      return "only one of them is known";
    }
    int order = read.registered().get().version().compareTo(read.folder().get().version());
    if (order == 0) {
      return "registry and folder agree";
    }
    return order < 0
        ? "they disagree: the folder is newer than the registry"
        : "they disagree: the registry is newer than the folder";
  }

  private void queues() {
    Taken<Smtp> taken = snapshot.smtp();
    Optional<Smtp> read = taken.value();
    if (read.isEmpty()) {
      parts.why(taken);
    } else if (read.get().virtualServers().isEmpty()) {
      parts.note("The host reports no virtual server.");
    } else {
      queues(read.get());
    }
  }

  private void queues(Smtp smtp) {
    List<String> headings = new ArrayList<>(List.of("Virtual server"));
    List<PageParts.Cell<Smtp.VirtualServer>> cells =
        new ArrayList<>(List.of(server -> html.text(server.name())));
    QUEUES.forEach(
        (counter, heading) -> {
          headings.add(heading);
          cells.add(server -> html.text(length(server, counter)));
        });
    parts.table("Messages waiting, per virtual server", headings, smtp.virtualServers(), cells);
  }

  private static String length(Smtp.VirtualServer server, SmtpCounter counter) {
    Long length = server.counters().get(counter);
    return length == null ? "not reported" : Long.toString(length);
  }

  private record NamedReading(ReadingName name, Taken<?> taken) {}

  private void readings() {
    parts.table(
        "What was read from the host, and how it went",
        List.of("Reading", "Result", "Reason", "Taken", "Duration"),
        List.of(
            new NamedReading(ReadingName.SERVICES, snapshot.services()),
            new NamedReading(ReadingName.DEFINITION, snapshot.definition()),
            new NamedReading(ReadingName.SMTP, snapshot.smtp())),
        List.of(
            row -> html.text(row.name().word()),
            row ->
                html.element(
                    "span",
                    row.taken().result().word(),
                    attr("class", "result " + row.taken().result().word())),
            row -> html.text(row.taken().result().reason().orElse("none")),
            row -> parts.moment(row.taken().at()),
            row -> html.text(TimeWords.duration(row.taken().took()))));
  }

  private void foot(String version) {
    html.block(
        "footer",
        () -> {
          html.block(
              "nav",
              () -> {
                parts.link("/metrics", "Metrics");
                parts.link("/-/healthy", "Health");
                parts.link("/-/ready", "Readiness");
              },
              attr("aria-label", "Other pages"));
          html.inline(
                  "p",
                  () -> {
                    html.text("As it was at ");
                    parts.time(now, TimeWords.dateAndTime(now));
                    html.text("; reload to refresh.");
                  })
              .line();
          html.element(
                  "p",
                  "imf-exporter "
                      + version
                      + ". What each metric means stands in docs/metrics.md, what to do about an"
                      + " alert in docs/runbooks.")
              .line();
        });
  }
}
