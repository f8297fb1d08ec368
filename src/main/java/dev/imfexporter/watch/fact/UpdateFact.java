package dev.imfexporter.watch.fact;

import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.PendingUpdate;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.Settings;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened to the definition or to Windows. Each holds all that is so and no difference to
 * what was, so that one which is told twice changes nothing.
 */
public sealed interface UpdateFact extends Fact {

  /** A marker of an update was seen. */
  record MarkerSeen(UpdateMarker marker) implements UpdateFact {}

  /**
   * The folder or the registry named a version of the definition.
   *
   * @param origin {@link MarkerType#FOLDER} or {@link MarkerType#REGISTRY}
   * @param dated since when, by the host's clock and as the host has it; empty when it does not say
   * @param changes how many changes of the version had been seen by then
   */
  record VersionSeen(
      MarkerType origin, DefinitionVersion version, Optional<Instant> dated, long changes)
      implements UpdateFact {}

  /**
   * An update was announced, installed or failed.
   *
   * @param updates all that are pending since
   */
  record UpdatesPending(List<PendingUpdate> updates) implements UpdateFact {
    public UpdatesPending {
      updates = List.copyOf(updates);
    }
  }

  /** An episode began or changed; the newest with its number holds. */
  record EpisodeChanged(Episode episode) implements UpdateFact {}

  /**
   * All episodes that are over, also those that are no longer kept one by one.
   *
   * @param last number of the newest of them; 0 when there is none
   * @param outcomes how many ended in which way
   * @param recoveries how many of them have a recovery time
   * @param recoveryTime the sum of these
   */
  record EpisodesClosed(
      long last, Map<Outcome, Long> outcomes, long recoveries, Duration recoveryTime)
      implements UpdateFact {
    public EpisodesClosed {
      outcomes = outcomes.isEmpty() ? Map.of() : new EnumMap<>(outcomes);
    }
  }

  /**
   * The settings of a kind are other ones than before.
   *
   * @param from when they were first read so
   * @param until when they were last read so, as far as is known
   */
  record SettingsRead(SettingKind kind, Instant from, Instant until, Settings settings)
      implements UpdateFact {}

  /** The settings were read again, and are as the newest {@link SettingsRead} of each kind says. */
  record SettingsConfirmed(Map<SettingKind, Instant> until) implements UpdateFact {
    public SettingsConfirmed {
      until = until.isEmpty() ? Map.of() : new EnumMap<>(until);
    }
  }

  /** The settings of before and of after an episode were compared. */
  record SettingsCompared(UpdateChanges changes) implements UpdateFact {}
}
