package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.diagnosis.Summary;
import dev.imfexporter.trouble.Troubles;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ServiceHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page of a runbook: for any host, or for one with its names filled in. */
public final class RunbookPage {
  private final Runbook runbook;
  private final PageView view;
  private final PageFrame frame;
  private final Html html;
  private final PageParts parts;

  /**
   * What the runbook is read for.
   *
   * @param service that the alert is about, if it was named
   * @param instance the label of the host's series, if it is known
   */
  public record About(HostSnapshot host, Optional<String> service, Optional<String> instance) {

    private RunbookNames names() {
      return RunbookNames.of(host, service, instance);
    }

    /** Of the addresses of other runbooks, which may be about another service. */
    private String query() {
      return "?host=" + PageParts.encoded(host.name()) + instanceQuery();
    }

    private String queryFor(String other) {
      return query() + "&service=" + PageParts.encoded(other);
    }

    private String instanceQuery() {
      return instance
          .filter(label -> !label.equals(host.name()))
          .map(label -> "&instance=" + PageParts.encoded(label))
          .orElse("");
    }
  }

  private RunbookPage(Runbook runbook, PageView view, String version) {
    this.runbook = runbook;
    this.view = view;
    this.frame = new PageFrame(view, version);
    this.html = frame.html();
    this.parts = frame.parts();
  }

  /** The page, complete. */
  public static String of(Runbook runbook, Optional<About> about, PageView view, String version) {
    return new RunbookPage(runbook, view, version).page(about);
  }

  private String page(Optional<About> about) {
    RunbookText text =
        new RunbookText(
            runbook.markdown(),
            about.map(About::names).orElse(RunbookNames.NONE),
            page -> view.keptBy(page + about.map(About::query).orElse("")));
    List<Cause> causes =
        about.map(it -> Troubles.of(it.host(), view.time().zone()).likely()).orElse(List.of());
    return frame.page(
        about.map(it -> text.title() + ": " + it.host().name()).orElse(text.title()),
        () -> {
          html.inline("h1", () -> parts.name(text.title())).line();
          about.ifPresent(it -> top(it.host(), causes));
          if (!runbook.isIndex()) {
            html.block("nav", this::parts, attr("aria-label", "Parts of this runbook"));
          }
        },
        () -> {
          markdown(text.first());
          about.ifPresent(it -> host(it, causes));
          markdown(text.others());
        },
        () -> links(about));
  }

  private void markdown(String rendered) {
    html.block("div", () -> html.markup(rendered), attr("class", "runbook"));
  }

  private void parts() {
    List.of("Confirm", "Do", "Do not conclude", "Escalate")
        .forEach(part -> parts.link("#" + RunbookText.anchor(part), part));
  }

  private void top(HostSnapshot host, List<Cause> causes) {
    Summary summary = Summary.of(host, causes, view.time());
    Headline headline = Headline.of(summary, causes, host);
    html.inline("p", () -> parts.pageLink(address(host), host.name())).line();
    html.block(
        "div",
        () -> {
          html.element("p", summary.situation().title(), attr("class", "tone")).line();
          headline.sentences().forEach(s -> html.element("p", s).line());
        },
        attr("class", "headline " + headline.tone().cssClass()));
  }

  private void host(About about, List<Cause> causes) {
    HostSnapshot host = about.host();
    parts.section(
        host.name() + " now",
        () -> {
          services(host);
          filled(about);
        });
    if (!causes.isEmpty()) {
      parts.section("Likely cause", () -> new CauseSection(html, parts).causes(causes));
    }
  }

  private void services(HostSnapshot host) {
    List<ServiceView> shown = ServiceView.of(host).stream().filter(RunbookPage::isShown).toList();
    if (shown.isEmpty()) {
      parts.note("Nothing is known of the services.");
      return;
    }
    ServiceCells cells = new ServiceCells(html, parts, view.time().now());
    parts.table(
        "IIS Admin, SMTP, and what else is down or needs attention",
        List.of("Service", "State", "Process", "Start mode", "Last restart"),
        shown,
        List.of(cells::name, cells::state, row -> process(row), cells::startMode, cells::restart));
  }

  private static boolean isShown(ServiceView service) {
    return service.name().equalsIgnoreCase(WellKnownServices.IIS_ADMIN)
        || service.name().equalsIgnoreCase(WellKnownServices.SMTP)
        || service.history().filter(RunbookNames::inTrouble).isPresent();
  }

  private void process(ServiceView service) {
    html.text(
        service
            .status()
            .filter(status -> status.processId() != 0)
            .map(status -> Long.toString(status.processId()))
            .orElse("none"));
  }

  private void filled(About about) {
    RunbookNames names = about.names();
    List<String> known = new ArrayList<>();
    names.get(Placeholder.HOST).ifPresent(it -> known.add("the host " + it));
    names.get(Placeholder.SERVICE).ifPresent(it -> known.add("the service " + it));
    names.get(Placeholder.PID).ifPresent(it -> known.add("the process " + it));
    if (!known.isEmpty()) {
      parts.note(
          "The commands below name %s, as it was at %s. What is still in angle brackets is for you to fill in."
              .formatted(String.join(", ", known), view.time().time(view.time().now())));
    }
    if (needsService(names)) {
      html.block(
          "p",
          () -> {
            html.text("Which service does the alert name?").line();
            about.host().history().services().stream()
                .map(ServiceHistory::name)
                .forEach(name -> parts.pageLink(address(runbook) + about.queryFor(name), name));
          });
    }
  }

  private boolean needsService(RunbookNames names) {
    return names.get(Placeholder.SERVICE).isEmpty()
        && runbook.markdown().contains("<" + Placeholder.SERVICE + ">");
  }

  private void links(Optional<About> about) {
    parts.pageLink("/", "Hosts");
    about.ifPresent(
        it -> {
          parts.pageLink(address(it.host()), it.host().name());
          parts.pageLink(address(runbook), "This runbook for any host");
        });
    parts.pageLink("/runbooks" + about.map(About::query).orElse(""), "All runbooks");
  }

  private static String address(Runbook runbook) {
    return runbook.isIndex() ? "/runbooks" : "/runbooks/" + runbook.name();
  }

  private static String address(HostSnapshot host) {
    return HostsAddress.of(host);
  }
}
