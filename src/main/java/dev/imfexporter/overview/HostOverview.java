package dev.imfexporter.overview;

import dev.imfexporter.diagnosis.Situation;
import dev.imfexporter.diagnosis.Summary;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.trouble.Troubles;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.RestartForecast;
import dev.imfexporter.watch.model.UpdateChanges;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A host among all others. What takes long to know is found out when it is asked for. */
public record HostOverview(HostSnapshot host, Situation situation) {
  /** The worst first, of hosts with halted mail the one that is halted longest, then by name. */
  static final Comparator<HostOverview> WORST_FIRST =
      Comparator.comparing(HostOverview::state)
          .thenComparing(HostOverview::situation)
          .thenComparing(HostOverview::haltedSince)
          .thenComparing(HostOverview::name, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(HostOverview::name);

  public static HostOverview of(HostSnapshot host, Instant now) {
    return new HostOverview(host, Summary.situation(host, TimeView.utc(now)));
  }

  public String name() {
    return host.name();
  }

  public HostState state() {
    return HostState.of(situation);
  }

  /** For the order: the far future of one that is not halted. */
  private Instant haltedSince() {
    return host.history().mailFlow().halt().map(MailFlow.Halt::since).orElse(Instant.MAX);
  }

  /** What is so, since when, and after which update. */
  public Summary summary(TimeView time) {
    return Summary.of(host, time);
  }

  /** The update that halted it or made it fail, by its episode. */
  public static Optional<Episode> failedAfter(Summary summary) {
    HostState state = HostState.of(summary.situation());
    boolean fails = state == HostState.HALTED || state == HostState.FAILING;
    return summary.episode().filter(episode -> fails);
  }

  /** The newest episode of an update, over or not. */
  public Optional<Episode> lastEpisode() {
    return host.history().episodes().newest();
  }

  /** What was different after an episode; empty if it was not compared. */
  public Optional<UpdateChanges> changes(Episode episode) {
    return host.history().episodes().changes(episode);
  }

  /** When mail may be interrupted next. */
  public Optional<RestartForecast> forecast(Instant now) {
    return RestartForecast.of(host, now);
  }

  /** The known troubles that are likely. */
  public List<Cause> causes() {
    return Troubles.of(host).likely();
  }

  /** The episodes that are kept, over or not, oldest first. */
  public List<Episode> episodes() {
    return host.history().episodes().all();
  }
}
