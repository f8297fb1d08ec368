package dev.imfexporter.watch;

import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.watch.clock.DatedEvent;
import dev.imfexporter.watch.clock.HostTime;
import dev.imfexporter.watch.episode.BlindSpot;
import dev.imfexporter.watch.episode.EpisodeTracker;
import dev.imfexporter.watch.episode.SettingsTracker;
import dev.imfexporter.watch.episode.UpdateTracker;
import dev.imfexporter.watch.eventlog.EventCounter;
import dev.imfexporter.watch.fact.EventFact;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.Fact.ComponentWaitSeen;
import dev.imfexporter.watch.fact.MailFact;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.mail.MailFlowTracker;
import dev.imfexporter.watch.mail.VirtualServers;
import dev.imfexporter.watch.mail.VolumeGrowth;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.WaitHistory;
import dev.imfexporter.watch.outage.OutageTracker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of a {@link HostState} that outlast the program: what facts replay to. */
record Trackers(
    HostTime time,
    OutageTracker outages,
    EventCounter events,
    UpdateTracker updates,
    EpisodeTracker episodes,
    SettingsTracker settings,
    MailFlowTracker mail,
    VirtualServers virtualServers,
    VolumeGrowth volumes,
    LikelyCauses causes,
    ComponentWaits waits,
    BlindSpot blindSpot) {

  /** How many settled outages of earlier runs may still join an episode. */
  private static final int JOINABLE = 100;

  /**
   * @param facts oldest first
   */
  static Trackers replay(StateSettings settings, List<Fact> facts) {
    Trackers trackers =
        new Trackers(
            new HostTime(),
            new OutageTracker(settings.retention(), settings.eventsWatched()),
            new EventCounter(),
            new UpdateTracker(),
            new EpisodeTracker(settings.limits(), settings.retention()),
            new SettingsTracker(),
            new MailFlowTracker(settings.bannerWatched(), settings.limits().stuck()),
            new VirtualServers(),
            new VolumeGrowth(),
            new LikelyCauses(),
            new ComponentWaits(),
            new BlindSpot());
    facts.forEach(trackers::replay);
    trackers.outages.replayed();
    List<Outage> settled = trackers.outages.settled();
    trackers.episodes.add(
        List.of(), settled.subList(Math.max(0, settled.size() - JOINABLE), settled.size()));
    if (!settings.eventsWatched()) {
      trackers.blindSpot.coveredByEvents(false);
    }
    return trackers;
  }

  private void replay(Fact fact) {
    if (fact instanceof ServiceFact of) {
      boolean adds = outages.replay(of);
      if (adds && fact instanceof ServiceFact.Rebooted rebooted) {
        episodes.add(rebooted.boot());
      } else if (fact instanceof ServiceFact.ServicesForgotten forgotten) {
        events.forget(forgotten.services());
      }
    } else if (fact instanceof UpdateFact of) {
      updates.replay(of);
      episodes.replay(of);
      settings.replay(of);
      settings.forgetEpisodesBefore(episodes.oldest());
    } else if (fact instanceof EventFact.LogRead of) {
      events.replay(of);
    } else if (fact instanceof MailFact.MailCounted of) {
      mail.replay(of);
    } else if (fact instanceof MailFact.VirtualServersListed of) {
      virtualServers.replay(of);
    } else if (fact instanceof Fact.CausesChanged of) {
      causes.replay(of);
    } else if (fact instanceof Fact.ComponentWaitSeen of) {
      waits.replay(of);
      waits.forget(this::isOfEpisode);
    } else if (fact instanceof Fact.Alive alive) {
      blindSpot.replay(alive);
      outages.alive(alive.at());
      updates.alive(alive.at());
      virtualServers.alive(alive.at());
    } else if (fact instanceof Fact.ClockSet set) {
      time.replay(set);
    }
  }

  /** Facts that replay to the same state. */
  List<Fact> summary() {
    List<Fact> all = new ArrayList<>(time.summary());
    all.addAll(outages.summary());
    all.addAll(updates.snapshot());
    all.addAll(episodes.summary());
    all.addAll(settings.summary());
    all.addAll(events.snapshot());
    all.addAll(mail.summary());
    all.addAll(virtualServers.summary());
    all.addAll(causes.summary());
    all.addAll(waits.summary());
    blindSpot.newest().ifPresent(all::add);
    return all;
  }

  /**
   * Takes what was read of mail, or of the modules, into account.
   *
   * @param started when SMTPSVC last started; empty when not known
   */
  Optional<? extends Fact> read(Observation observation, Optional<Instant> started) {
    if (observation instanceof Observation.CountersRead read) {
      return counters(read, started);
    } else if (observation instanceof Observation.FoldersRead read) {
      mail.folders(read.folders(), read.asked());
    } else if (observation instanceof Observation.VolumesRead read) {
      volumes.read(read.volumes(), time.at(read.asked()));
    } else if (observation instanceof Observation.BannerRead read) {
      mail.banner(read.banner(), read.asked());
    } else if (observation instanceof Observation.ComponentsRead read) {
      return waits.listed(read.components(), time.at(read.asked()));
    }
    return Optional.empty();
  }

  private Optional<? extends Fact> counters(
      Observation.CountersRead counters, Optional<Instant> started) {
    Instant asked = time.at(counters.asked());
    mail.smtp(counters.smtp(), counters.asked(), asked, started);
    return virtualServers.read(counters.smtp(), asked, started);
  }

  /** Takes the settings into account that an observation has. */
  void readSettings(Observation observation) {
    if (observation instanceof Observation.Polled polled) {
      Instant read = time.at(polled.asked()).minus(polled.services().configAge());
      settings.read(CollectorKey.SERVICES, polled.services(), read);
    } else if (observation instanceof Observation.CountersRead read) {
      settings.read(CollectorKey.SMTP, read.smtp(), time.at(read.asked()));
    } else if (observation instanceof Observation.FoldersRead read) {
      settings.read(CollectorKey.FOLDERS, read.folders(), time.at(read.asked()));
    } else if (observation instanceof Observation.DialoguesRead read) {
      settings.read(CollectorKey.DIALOGUE, read.dialogues(), time.at(read.asked()));
    } else if (observation instanceof Observation.ComponentsRead read) {
      settings.read(CollectorKey.COMPONENTS, read.components(), time.at(read.asked()));
    }
  }

  /** The episodes with what was different after each. */
  EpisodeHistory episodeHistory() {
    return episodes.history().with(settings.changes());
  }

  /**
   * The facts of updates since the last call.
   *
   * @param current whether all that happened by now is known, so that settings can be compared
   * @param readable whether the host can be read
   */
  List<UpdateFact> takeUpdateFacts(Instant now, boolean current, boolean readable) {
    List<UpdateFact> taken = new ArrayList<>(settings.takeFacts());
    List<UpdateFact> changed = episodes.takeFacts();
    taken.addAll(changed);
    changed.forEach(settings::follow);
    if (current) {
      settings.advance(now);
      taken.addAll(settings.takeFacts());
    }
    if (current && readable) {
      episodes.seal(settings::isCompared, now);
      taken.addAll(episodes.takeFacts());
    }
    taken.addAll(updates.takeFacts());
    settings.forgetEpisodesBefore(episodes.oldest());
    return taken;
  }

  /** Returns the stop or start of IIS Admin that is over, if one is. */
  Optional<? extends Fact> followIisAdmin(boolean readable, Instant now) {
    String service = WellKnownServices.IIS_ADMIN;
    Optional<ComponentWaitSeen> over =
        waits.follow(
            outages.status(service).filter(status -> readable),
            () -> outages.view(service, Optional.empty()).typical().withLast(),
            now);
    if (over.isPresent()) {
      waits.forget(this::isOfEpisode);
    }
    return over;
  }

  private boolean isOfEpisode(ComponentWait wait) {
    return episodes.history().closed().stream()
        .anyMatch(episode -> WaitHistory.isOf(wait, episode));
  }

  /** Nothing covers the time of records that were lost. */
  void lost(LogRead log, List<DatedEvent> dated, Instant now) {
    Optional<Instant> from =
        log.interruption()
            .flatMap(why -> events.cursor(log.log()))
            .map(EventCursor::written)
            .map(time::ofHost);
    Instant until = dated.isEmpty() ? now : dated.get(0).at();
    from.filter(start -> start.isBefore(until))
        .ifPresent(start -> episodes.unwatched(start, until));
  }

  /** The facts of services since the last call; what follows from them reaches the others. */
  List<ServiceFact> takeServiceFacts() {
    List<ServiceFact> taken = outages.takeFacts();
    List<Outage> settled = new ArrayList<>();
    for (ServiceFact fact : taken) {
      if (fact instanceof ServiceFact.Rebooted rebooted) {
        episodes.add(rebooted.boot());
      } else if (fact instanceof ServiceFact.OutageSettled counted) {
        settled.add(counted.outage());
      } else if (fact instanceof ServiceFact.ServicesForgotten forgotten) {
        events.forget(forgotten.services());
      }
    }
    episodes.add(outages.unsettled(), settled);
    return taken;
  }
}
