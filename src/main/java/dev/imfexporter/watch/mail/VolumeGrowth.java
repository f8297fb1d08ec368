package dev.imfexporter.watch.mail;

import dev.imfexporter.collector.MailVolumes;
import dev.imfexporter.collector.MailVolumes.MailVolume;
import dev.imfexporter.watch.model.VolumeForecast;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * When the volumes of the mail folders will be full, by how their free space has sunk. Of each
 * half-hour, the reading with the most free space counts. A forecast needs four half-hours one
 * after the other, each with less than the one before, and takes the slowest of the three falls. So
 * a queue that fills and empties again, a file that was copied once and a growth that has ended
 * make none, unless their ups and downs take more than an hour and a half. It is not kept over a
 * restart of the exporter: it is known again within two hours. Times are on the axis. Not
 * thread-safe.
 */
public final class VolumeGrowth {
  private static final Duration SECTION = Duration.ofMinutes(30);
  private static final int SECTIONS = 4;

  /** The first of them, and the newest, may only have begun. */
  private static final Duration LEAST = Duration.ofMinutes(90);

  /** The share of a volume's size by which the free space must have sunk. */
  private static final double LEAST_FALL = 0.001;

  private static final Duration FARTHEST = Duration.ofDays(30);
  private static final double HOUR = Duration.ofHours(1).toMillis();

  private final Map<String, Track> tracks = new TreeMap<>();

  /** Takes a reading into account. */
  public void read(MailVolumes read, Instant at) {
    Set<String> names = new HashSet<>();
    for (MailVolume volume : read.volumes()) {
      names.add(volume.name());
      tracks.computeIfAbsent(volume.name(), name -> new Track()).add(volume, at);
    }
    tracks.keySet().retainAll(names);
  }

  /** Of volumes that were read within half an hour and grow steadily. */
  public List<VolumeForecast> forecasts(Instant now) {
    List<VolumeForecast> all = new ArrayList<>();
    tracks.forEach((name, track) -> track.forecast(name, now).ifPresent(all::add));
    return all;
  }

  /** The free space at a time. */
  private record Reading(Instant at, long free) {
    private long section() {
      return Math.floorDiv(at.getEpochSecond(), SECTION.toSeconds());
    }
  }

  /** The readings of a volume. */
  private static final class Track {
    /** The one with the most free space of each half-hour, without a gap, the oldest first. */
    private final Deque<Reading> most = new ArrayDeque<>();

    private long size;
    private Reading newest = new Reading(Instant.MIN, 0);

    void add(MailVolume volume, Instant at) {
      if (at.isBefore(newest.at)) {
        most.clear();
      }
      size = volume.size();
      newest = new Reading(at, volume.free());
      if (!most.isEmpty() && most.getLast().section() == newest.section()) {
        if (newest.free > most.getLast().free) {
          most.removeLast();
          most.add(newest);
        }
        return;
      }
      if (!most.isEmpty() && most.getLast().section() != newest.section() - 1) {
        most.clear();
      }
      most.add(newest);
      if (most.size() > SECTIONS) {
        most.removeFirst();
      }
    }

    Optional<VolumeForecast> forecast(String name, Instant now) {
      if (most.size() < SECTIONS || newest.at.isBefore(now.minus(SECTION))) {
        return Optional.empty();
      }
      double perMilli = slowest();
      Duration measured = Duration.between(most.getFirst().at, newest.at);
      long ends = perMilli > 0 ? (long) (newest.free / perMilli) : Long.MAX_VALUE;
      if (measured.compareTo(LEAST) < 0
          || perMilli * measured.toMillis() < size * LEAST_FALL
          || ends > FARTHEST.toMillis()) {
        return Optional.empty();
      }
      return Optional.of(
          new VolumeForecast(name, (long) (perMilli * HOUR), measured, newest.at.plusMillis(ends)));
    }

    /** The slowest fall from one half-hour to the next, in bytes per millisecond. */
    private double slowest() {
      double slowest = Double.MAX_VALUE;
      Iterator<Reading> readings = most.iterator();
      Reading before = readings.next();
      while (readings.hasNext()) {
        Reading after = readings.next();
        double fall = before.free - after.free;
        slowest = Math.min(slowest, fall / Duration.between(before.at, after.at).toMillis());
        before = after;
      }
      return slowest;
    }
  }
}
