package dev.imfexporter.watch.model;

import dev.imfexporter.collector.MailVolumes.Folder;
import dev.imfexporter.collector.MailVolumes.MailVolume;
import dev.imfexporter.text.ByteWords;
import dev.imfexporter.text.HasWord;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much room a volume of the mail folders has, and will have.
 *
 * @param forecast when it will be full; empty while nothing says that it will
 */
public record VolumeRoom(MailVolume volume, Optional<VolumeForecast> forecast) {
  /** A share of the size; the alert ImfMailVolumeNearlyFull has the same default. */
  public static final double LEAST_FREE = 0.05;

  /** The alert ImfMailVolumeFullSoon has the same default. */
  public static final Duration SOON = Duration.ofDays(1);

  /** Why a volume needs room, the most urgent first. */
  public enum Concern implements HasWord {
    /** Less than {@link #LEAST_FREE} of its size is free. */
    NEARLY_FULL,
    /** It will be full within {@link #SOON} if it goes on growing as it did. */
    FULL_SOON
  }

  public String name() {
    return volume.name();
  }

  /** Why it needs room at that time, the most urgent first. */
  public Set<Concern> concerns(Instant now) {
    Set<Concern> concerns = EnumSet.noneOf(Concern.class);
    if (volume.free() < volume.size() * LEAST_FREE) {
      concerns.add(Concern.NEARLY_FULL);
    }
    forecast
        .filter(of -> of.full().isBefore(now.plus(SOON)))
        .ifPresent(of -> concerns.add(Concern.FULL_SOON));
    return concerns;
  }

  /** A sentence: how much is free. */
  public String free() {
    return "Volume %s has %s of %s free; it holds %s."
        .formatted(name(), freeWords(), ByteWords.of(volume.size()), folders());
  }

  /** {@code 1.2 GiB (3 %)}. */
  public String freeWords() {
    return "%s (%d %%)"
        .formatted(ByteWords.of(volume.free()), (int) (100.0 * volume.free() / volume.size()));
  }

  /** A sentence: when it will be full; empty without a forecast. */
  public Optional<String> fills(TimeView time) {
    return forecast.map(
        of ->
            "Volume %s has lost at least %s an hour for %s, and will be full at %s if that goes on."
                .formatted(
                    name(),
                    ByteWords.of(of.bytesPerHour()),
                    TimeWords.duration(of.measured()),
                    time.moment(of.full())));
  }

  /** {@code Queue and Badmail of SMTP 1}. */
  public String folders() {
    Map<String, String> byServer = new LinkedHashMap<>();
    for (Folder folder : volume.folders()) {
      byServer.merge(
          folder.virtualServer(), folder.purpose().word(), (all, one) -> all + ", " + one);
    }
    return byServer.entrySet().stream()
        .map(server -> server.getValue() + " of " + server.getKey())
        .collect(Collectors.joining("; "));
  }
}
