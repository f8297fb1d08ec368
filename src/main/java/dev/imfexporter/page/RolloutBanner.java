package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.overview.Rollout;
import dev.imfexporter.text.Listing;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Instant;
import java.util.List;

/** Says that a roll-out should stop, why, and how. */
final class RolloutBanner {
  private final PageParts parts;
  private final Html html;
  private final Instant now;

  RolloutBanner(PageParts parts, Html html, Instant now) {
    this.parts = parts;
    this.html = html;
    this.now = now;
  }

  /** With a link to the page of the update. */
  void stop(Rollout rollout) {
    stop(rollout, () -> parts.pageLinkInText(HostsAddress.of(rollout), rollout.name().id()));
  }

  /** On the page of the update. */
  void stopHere(Rollout rollout) {
    stop(rollout, () -> html.text(rollout.name().id()));
  }

  private void stop(Rollout rollout, Runnable name) {
    html.block(
        "div",
        () -> {
          html.inline(
                  "p",
                  () -> {
                    html.text("Stop the roll-out of ");
                    name.run();
                  },
                  attr("class", "tone"))
              .line();
          html.element("p", halts(rollout)).line();
          html.inline("p", () -> hosts(rollout)).line();
          html.element("p", next(rollout)).line();
        },
        attr("class", "headline attention"));
  }

  /** The halted hosts, and the module that most of them have and few others. */
  private void hosts(Rollout rollout) {
    List<HostSnapshot> halted = rollout.struckLately(now);
    html.text("Halted: ");
    for (int i = 0; i < Math.min(Listing.MOST, halted.size()); i++) {
      html.text(i == 0 ? "" : ", ");
      parts.hostLink(halted.get(i));
    }
    int more = halted.size() - Listing.MOST;
    html.text(more > 0 ? " and %d more.".formatted(more) : ".");
    rollout
        .suspect()
        .ifPresent(
            group ->
                html.text(
                    " Of %d hosts with %s, %d were halted; of the other %d, %d."
                        .formatted(
                            group.hosts(),
                            group.name(),
                            group.halted(),
                            rollout.hosts().size() - group.hosts(),
                            rollout.all().halted() - group.halted())));
  }

  String halts(Rollout rollout) {
    int halted = rollout.haltedLately(now);
    return "In the last 24 hours it halted mail on %d of the %d hosts that have it (%d %%)."
        .formatted(halted, rollout.hosts().size(), halted * 100 / rollout.hosts().size());
  }

  private static String next(Rollout rollout) {
    return switch (rollout.name().kind()) {
      case WINDOWS ->
          "Decline or pause it where updates are approved (WSUS, Configuration Manager, Intune) before"
              + " further hosts get it.";
      case DEFINITION ->
          "Decline the update of the filter in WSUS, or set Automatic Updates to download only, before"
              + " further hosts get it.";
    };
  }
}
