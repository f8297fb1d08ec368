package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.overview.HostOutcome;
import dev.imfexporter.overview.ReachedHost;
import dev.imfexporter.overview.Rollout;
import dev.imfexporter.overview.Rollouts;
import dev.imfexporter.text.Listing;
import dev.imfexporter.text.TimeWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The pages of updates: what each did to the hosts that it has reached. */
public final class UpdatesPage {
  private static final int MOST_HOSTS = 200;

  private final Instant now;
  private final PageFrame frame;
  private final Html html;
  private final PageParts parts;
  private final RolloutBanner banner;

  private UpdatesPage(PageView view, String version) {
    this.now = view.time().now();
    this.frame = new PageFrame(view, version);
    this.html = frame.html();
    this.parts = frame.parts();
    this.banner = new RolloutBanner(parts, html, now);
  }

  /** The page of all updates. */
  public static String of(Rollouts rollouts, PageView view, String version) {
    return new UpdatesPage(view, version).all(rollouts);
  }

  /** The page of one update. */
  public static String of(Rollout rollout, PageView view, String version) {
    return new UpdatesPage(view, version).one(rollout);
  }

  private String all(Rollouts rollouts) {
    List<Rollout> stop = rollouts.toStop();
    return frame.page(
        stop.isEmpty() ? "Updates" : "Updates: stop the roll-out",
        () -> {
          html.element("h1", "Updates").line();
          html.element(
                  "p",
                  "What they did to the hosts in %d days: those to stop and the newest, at most %d"
                      .formatted(Rollouts.DAYS, Rollouts.MOST))
              .line();
          stop.forEach(banner::stop);
        },
        () -> parts.section("Updates and hosts", () -> rollouts(rollouts.all())),
        () -> parts.pageLink("/", "All hosts"));
  }

  private void rollouts(List<Rollout> rollouts) {
    if (rollouts.isEmpty()) {
      parts.note("No update was seen on any host in the last %d days.".formatted(Rollouts.DAYS));
      return;
    }
    parts.table(
        "Those to stop first, then the newest; updates of one night share the outcome of that night",
        List.of("Update", "Verdict", "Hosts", "Outcomes", "First host", "Last host"),
        rollouts,
        List.of(
            this::name,
            rollout -> verdict(rollout),
            rollout -> html.text(Integer.toString(rollout.hosts().size())),
            rollout -> outcomes(rollout.all()),
            rollout -> parts.dateAndTime(rollout.first()),
            rollout -> parts.dateAndTime(rollout.last())));
  }

  private void name(Rollout rollout) {
    parts.pageLinkInText(HostsAddress.of(rollout), rollout.name().id());
    if (!rollout.title().equals(rollout.name().id())) {
      html.element("small", rollout.title());
    }
    names(rollout).ifPresent(words -> html.element("small", words));
  }

  /** What else it is called, and for what else its name stands. */
  private static Optional<String> names(Rollout rollout) {
    if (rollout.name().isOfAnyRelease()) {
      return Optional.of("releases of the definition whose version was not read");
    }
    return rollout.alsoNamed().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "definition; installers report it as " + Listing.all(List.copyOf(rollout.alsoNamed())));
  }

  private void verdict(Rollout rollout) {
    if (rollout.shouldStop(now)) {
      html.element("span", "Stop the roll-out", attr("class", "state failing"));
    } else if (rollout.all().halted() > 0) {
      html.text("halted mail on %d".formatted(rollout.all().halted()));
    } else {
      html.text("no mail halted");
    }
  }

  private void outcomes(Rollout.Group group) {
    for (HostOutcome outcome : HostOutcome.values()) {
      if (group.count(outcome) > 0) {
        html.element(
            "small",
            "%d %s".formatted(group.count(outcome), words(outcome)),
            attr("class", outcome.word()));
      }
    }
  }

  private static String words(HostOutcome outcome) {
    return outcome.spaced();
  }

  private String one(Rollout rollout) {
    String id = rollout.name().id();
    return frame.page(
        (rollout.shouldStop(now) ? "Stop the roll-out: " : "") + id,
        () -> {
          html.element("h1", id).line();
          if (!rollout.title().equals(id)) {
            html.element("p", rollout.title()).line();
          }
          if (rollout.shouldStop(now)) {
            banner.stopHere(rollout);
          } else {
            html.element("p", banner.halts(rollout)).line();
          }
          release(rollout);
        },
        () -> {
          parts.section("Outcomes by third-party module", () -> components(rollout));
          parts.section("Hosts", () -> hosts(rollout));
        },
        () -> {
          parts.pageLink("/updates", "All updates");
          parts.pageLink("/", "All hosts");
        });
  }

  private void release(Rollout rollout) {
    if (rollout.name().isOfAnyRelease()) {
      parts.note(
          "All releases of the definition share this name. It stands here for those whose version was"
              + " not read, so there may be several, and one of them may have a row of its own with"
              + " its version.");
    }
    if (!rollout.alsoNamed().isEmpty()) {
      parts.note(
          "Installers report this release of the definition as %s, like all others."
              .formatted(Listing.all(List.copyOf(rollout.alsoNamed()))));
    }
    int without = rollout.reportedWithoutVersion();
    if (without > 0) {
      parts.note(
          "On %d of the hosts, only that was reported: the date of the version there, or that other hosts got this release within a day and no other, says which it was."
              .formatted(without));
    }
  }

  private void components(Rollout rollout) {
    List<Rollout.Group> groups = new ArrayList<>();
    groups.add(rollout.all());
    groups.addAll(rollout.components());
    groups.add(rollout.withoutComponents());
    groups.add(rollout.unknownComponents());
    groups.removeIf(group -> group.hosts() == 0);
    List<HostOutcome> outcomes =
        Arrays.stream(HostOutcome.values()).filter(o -> rollout.all().count(o) > 0).toList();
    List<String> headings = new ArrayList<>(List.of("Hosts with", "Hosts", "Halted"));
    List<PageParts.Cell<Rollout.Group>> cells =
        new ArrayList<>(
            List.of(
                group -> html.text(group.name()),
                group -> html.text(Integer.toString(group.hosts())),
                group -> html.text(share(group))));
    for (HostOutcome outcome : outcomes) {
      headings.add(PageParts.capital(words(outcome)));
      cells.add(group -> html.text(Integer.toString(group.count(outcome))));
    }
    parts.table(
        "Numbers of hosts; modules as they were when the update came, also several in one host",
        headings,
        groups,
        cells);
    parts.note(
        "A module that most halted hosts have, and few others, is the one to ask about first. It is"
            + " no proof: the modules of a host that were not read while SMTPSVC ran are not known.");
  }

  private static String share(Rollout.Group group) {
    return "%d (%d %%)".formatted(group.halted(), group.halted() * 100 / group.hosts());
  }

  private void hosts(Rollout rollout) {
    List<ReachedHost> hosts = rollout.hosts();
    List<ReachedHost> shown = hosts.subList(0, Math.min(MOST_HOSTS, hosts.size()));
    parts.table(
        "The worst outcome first: %d of %d".formatted(shown.size(), hosts.size()),
        List.of("Host", "Outcome", "Began", "Recovered in"),
        shown,
        List.of(
            host -> parts.hostLink(host.host()),
            host ->
                html.element(
                    "span", words(host.outcome()), attr("class", "state " + host.outcome().word())),
            host -> parts.moment(host.episode().began()),
            host ->
                html.text(host.episode().recovery().map(TimeWords::duration).orElse("not known"))));
  }
}
