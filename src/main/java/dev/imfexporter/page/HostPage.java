package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.page.PageView.Range;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Instant;
import java.util.List;

/** The page of one host, without scripts. */
public final class HostPage {
  private static final String DEMO =
      "This demo plays an update that halts mail flow, one that goes well, an installer that leaves"
          + " SMTPSVC disabled, each for some ten minutes, and a next hop that refuses all mail.";

  private final HostSnapshot snapshot;
  private final PageView view;
  private final Diagnosis diagnosis;
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

  private HostPage(HostSnapshot snapshot, PageView view, String version) {
    this.snapshot = snapshot;
    this.view = view;
    this.diagnosis = Diagnosis.of(snapshot, new DayEvents.NotAsked(), view.time());
    this.frame = new PageFrame(view, version);
    this.html = frame.html();
    this.parts = frame.parts();
  }

  /** The page, complete. */
  public static String of(HostSnapshot snapshot, Place place, PageView view, String version) {
    HostPage page = new HostPage(snapshot, view, version);
    return page.frame.page(
        snapshot.name() + ": " + page.diagnosis.summary().situation().title(),
        page::top,
        page::sections,
        () -> page.links(place));
  }

  private void links(Place place) {
    if (place == Place.ONE_OF_MANY) {
      parts.pageLink("/", "All hosts");
    }
    parts.pageLink(HostsAddress.of(snapshot) + "/preflight", "Preflight");
    String probe = "/probe?target=" + PageParts.encoded(snapshot.name());
    parts.ownLink(place == Place.HERE ? view.site().metrics() : probe, "Metrics");
    parts.pageLink(
        "/runbooks?host=" + PageParts.encoded(snapshot.name()), "Runbooks for this host");
    parts.ownLink(HostsAddress.of(snapshot) + "/evidence.zip", "Evidence (archive)");
  }

  private void top() {
    html.element("h1", snapshot.name()).line();
  }

  private void sections() {
    new GlanceSection(html, parts, snapshot, view.time(), diagnosis).write();
    parts.troubles();
    parts.section("Timeline", this::timeline);
    parts.section("Evidence", this::evidence);
    EpisodeSection episodes = new EpisodeSection(html, parts, snapshot);
    parts.section("Updates and what became of them", episodes::episodes);
    parts.section("Changes", new ChangeSection(html, parts, snapshot)::write);
    parts.section(
        "Updates to come", new PendingSection(html, parts, snapshot, view.time())::updates);
    if (!diagnosis.causes().isEmpty()) {
      parts.section(
          "Likely causes", () -> new CauseSection(html, parts).causes(diagnosis.causes()));
    }
    parts.section("What else is loaded in inetinfo.exe", this::components);
    parts.section("Collectors", new CollectorSection(html, parts, snapshot)::write);
    parts.note("Read by imf-exporter, access " + snapshot.access().word() + ".");
    if (snapshot.access() == AccessKind.DEMO) {
      parts.note(DEMO);
    }
  }

  private void timeline() {
    html.block("p", this::ranges, attr("class", "links"));
    Instant now = view.time().now();
    Instant from = now.minus(view.range().length());
    new TimelineSection(
            html, parts, view.time(), TimelineLanes.of(snapshot.history(), view.time(), from, now))
        .write();
    if (view.range().length().toDays() > 1 || !snapshot.history().hasOutagesSince(from)) {
      parts.note(
          "Outages are the newest of this host and those of its updates; where --storage.path keeps"
              + " a history, imf-exporter history has all.");
    }
  }

  private void ranges() {
    html.text("The last ");
    for (Range range : Range.values()) {
      if (range == view.range()) {
        html.element("strong", range.word(), attr("aria-current", "true")).line();
      } else {
        parts.link(view.with(HostsAddress.of(snapshot), range), range.word());
      }
    }
  }

  private void evidence() {
    new EvidenceSection(html, parts).write(diagnosis.findings());
    html.element("h3", "Services").line();
    services();
    MailSections mail = new MailSections(html, parts, snapshot);
    html.element("h3", "Mail flow").line();
    mail.flow();
    new DialogueSection(html, parts).show(snapshot.dialogues());
    html.element("h3", "SMTP queues").line();
    mail.queues();
    html.element("h3", "Message folders").line();
    mail.folders();
    html.element("h3", "Disks of the message folders").line();
    mail.volumes();
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
    ServiceCells cells = new ServiceCells(html, parts, view.time().now());
    parts.table(
        "The configured services first, then those that depend on IIS Admin",
        List.of("Service", "State", "Start mode", "Last restart", "Watched by"),
        services,
        List.of(cells::name, cells::state, cells::startMode, cells::restart, cells::witness));
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
    new WaitSection(html, parts, snapshot, view.time()).tallies(read.thirdParty());
  }
}
