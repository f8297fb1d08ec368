package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.trouble.Troubles;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.FailureRecord;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.UpdateHistory;
import java.time.Instant;
import java.util.List;

/** The page of one host, without scripts. */
public final class HostPage {
  private static final String DEMO =
      "This demo plays an update that halts mail flow, one that goes well, an installer that leaves"
          + " SMTPSVC disabled, each for some ten minutes, and a next hop that refuses all mail.";

  private final HostSnapshot snapshot;
  private final Instant now;
  private final PageFrame frame;
  private final Html html;
  private final PageParts parts;

  /** Which links a page needs. */
  public enum Place {
    /** The host whose metrics are on {@code /metrics}. */
    HERE,
    /** The only host, with its metrics on {@code /probe}. */
    ALONE,
    ONE_OF_MANY
  }

  private HostPage(HostSnapshot snapshot, Instant now, String version) {
    this.snapshot = snapshot;
    this.now = now;
    this.frame = new PageFrame(now, version);
    this.html = frame.html();
    this.parts = frame.parts();
  }

  /** The page, complete. */
  public static String of(HostSnapshot snapshot, Place place, Instant now, String version) {
    HostPage page = new HostPage(snapshot, now, version);
    Headline headline = Headline.of(snapshot, now);
    return page.frame.page(
        snapshot.name() + ": " + headline.tone().words(),
        () -> page.top(headline),
        page::sections,
        () -> page.links(place));
  }

  private void links(Place place) {
    if (place == Place.ONE_OF_MANY) {
      parts.link("/", "All hosts");
    }
    String probe = "/probe?target=" + PageParts.encoded(snapshot.name());
    parts.link(place == Place.HERE ? "/metrics" : probe, "Metrics");
  }

  private void top(Headline headline) {
    html.element("h1", snapshot.name()).line();
    html.element("p", "Read by imf-exporter, access " + snapshot.access().word()).line();
    if (snapshot.access() == AccessKind.DEMO) {
      html.element("p", DEMO).line();
    }
    html.block(
        "div",
        () -> {
          html.element("p", headline.tone().words(), attr("class", "tone")).line();
          headline.sentences().forEach(s -> html.element("p", s).line());
        },
        attr("class", "headline " + headline.tone().cssClass()));
  }

  private void sections() {
    List<Cause> causes = Troubles.of(snapshot).likely();
    if (!causes.isEmpty()) {
      parts.section("Likely cause", () -> new CauseSection(html, parts).causes(causes));
    }
    parts.section("Services", this::services);
    MailSections mail = new MailSections(html, parts, snapshot);
    parts.section("Mail flow", mail::flow);
    parts.section("SMTP queues", mail::queues);
    parts.section("Message folders", mail::folders);
    PendingSection pending = new PendingSection(html, parts, snapshot, now);
    parts.section("Updates to come", pending::updates);
    EpisodeSection episodes = new EpisodeSection(html, parts, snapshot.history());
    parts.section("Updates and what became of them", episodes::episodes);
    parts.section("Definition", this::definition);
    parts.section("What else is loaded in inetinfo.exe", this::components);
    parts.section("Event logs", this::eventLogs);
    parts.section("Readings", this::readings);
    parts.section("Recent failures", this::failures);
  }

  private void services() {
    List<ServiceView> services = ServiceView.of(snapshot);
    if (services.isEmpty()) {
      parts.note(
          snapshot.collected().value(CollectorKey.SERVICES).isPresent()
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
    Timed<Definition> taken = snapshot.collected().get(CollectorKey.DEFINITION);
    taken
        .value()
        .ifPresentOrElse(
            read -> html.block("dl", () -> definition(read, snapshot.history().updates())),
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

  private void components() {
    Timed<Components> taken = snapshot.collected().get(CollectorKey.COMPONENTS);
    taken.value().ifPresentOrElse(this::components, () -> parts.why(taken));
  }

  private void components(Components read) {
    if (read.thirdParty().isEmpty()) {
      parts.note("Nothing but the %d modules of Microsoft.".formatted(read.standard()));
      return;
    }
    parts.table(
        "Modules that neither Windows nor Exchange brought, beside %d that they did"
            .formatted(read.standard()),
        List.of("Module", "Company", "Version"),
        read.thirdParty(),
        List.of(
            row -> html.text(row.name()),
            row -> html.text(row.company().isEmpty() ? "not said" : row.company()),
            row -> html.text(row.version().isEmpty() ? "not said" : row.version())));
    read.missing().ifPresent(why -> parts.note(why + "."));
  }

  private void eventLogs() {
    Timed<Events> taken = snapshot.collected().get(CollectorKey.EVENTS);
    taken.value().ifPresentOrElse(this::eventLogs, () -> parts.why(taken));
  }

  private void eventLogs(Events read) {
    parts.table(
        "The event logs",
        List.of("Log", "Newest event read", "Damaged records", "Failure"),
        read.logs(),
        List.of(
            row -> html.text(row.log()),
            row ->
                row.cursor()
                    .ifPresentOrElse(c -> parts.moment(c.written()), () -> html.text("none")),
            row -> html.text(Long.toString(row.damaged())),
            row -> html.text(row.failure().map(Result.Failed::why).orElse("none"))));
  }

  private void readings() {
    parts.table(
        "What was read from the host, and how it went",
        List.of("Reading", "Result", "Reason", "Taken", "Duration"),
        snapshot.collected().all(),
        List.of(
            row -> html.text(row.key().word()),
            row ->
                html.element(
                    "span", row.result().word(), attr("class", "result " + row.result().word())),
            row -> html.text(row.result().reason().orElse("none")),
            row -> parts.moment(row.at()),
            row -> html.text(TimeWords.duration(row.took()))));
  }

  private void failures() {
    List<FailureRecord> recent = snapshot.failures().recent();
    if (recent.isEmpty()) {
      parts.note("No collector has failed since the exporter began to watch this host.");
      return;
    }
    parts.table(
        "Readings that failed, the newest first, also those that work again",
        List.of("Reading", "Failure", "Reason", "Times", "First", "Last"),
        recent,
        List.of(
            row -> html.text(row.collector().word()),
            row -> html.text(row.error().word()),
            row -> html.text(row.why()),
            row -> html.text(Long.toString(row.times())),
            row -> parts.moment(row.first()),
            row -> parts.moment(row.last())));
  }
}
