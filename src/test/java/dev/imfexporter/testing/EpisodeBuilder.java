package dev.imfexporter.testing;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Builds an episode, of a new definition, which begins with its version folder, by default. */
public final class EpisodeBuilder {
  private static final String VERSION = "6.5.7960.0";

  private final long number;
  private final List<Outage> outages;
  private List<UpdateMarker> markers;
  private Episode.State state = Episode.State.OPEN;
  private boolean halted;
  private Optional<Instant> verified = Optional.empty();
  private Optional<Episode.Outcome> outcome = Optional.empty();
  private boolean sealed;

  /**
   * @param began when the folder was made
   */
  public EpisodeBuilder(long number, Instant began, List<Outage> outages) {
    this.number = number;
    this.outages = outages;
    markers = List.of(marker(MarkerType.FOLDER, began, VERSION));
  }

  /** An episode of these markers instead, in the order of their times. */
  public EpisodeBuilder markers(UpdateMarker... instead) {
    markers = List.of(instead);
    return this;
  }

  /** A marker that an installer of Windows reports. */
  public static UpdateMarker windows(MarkerType marker, Instant at, String kb, String title) {
    return new UpdateMarker(marker, UpdateKind.WINDOWS, at, kb, title, false);
  }

  /** A marker of a definition. */
  public static UpdateMarker marker(MarkerType marker, Instant at, String version) {
    return new UpdateMarker(marker, UpdateKind.DEFINITION, at, version, version, false);
  }

  public EpisodeBuilder halted() {
    state = Episode.State.HALTED;
    halted = true;
    return this;
  }

  /** Closed two minutes after mail flow was verified. */
  public EpisodeBuilder closed(Instant mailVerified, Episode.Outcome as) {
    state = Episode.State.CLOSED;
    verified = Optional.of(mailVerified);
    outcome = Optional.of(as);
    return this;
  }

  /** Its evidence is final since an hour after it was closed. */
  public EpisodeBuilder sealed() {
    sealed = true;
    return this;
  }

  public Episode build() {
    return new Episode(
        number,
        markers.get(0).update(),
        markers.get(markers.size() - 1).title(),
        markers,
        outages,
        List.of(),
        markers.get(0).at(),
        state,
        halted,
        true,
        verified,
        verified.map(at -> at.plusSeconds(120)),
        outcome,
        verified.filter(at -> sealed).map(at -> at.plusSeconds(3_720)));
  }
}
