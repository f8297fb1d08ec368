package dev.imfexporter.trouble;

import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.watch.model.VolumeRoom;
import dev.imfexporter.watch.model.VolumeRoom.Concern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Disks that are full, or will be. */
final class DiskTroubles {
  private static final Duration DAY = Duration.ofDays(1);

  /** ERROR_DISK_FULL. */
  private static final long FULL = 112;

  private static final String LEAVE_QUEUE =
      "Leave the folder Queue alone: it holds mail that is on its way.";

  private DiskTroubles() {}

  /**
   * A volume of the mail folders is nearly full; or mail fails, and Windows warned of a disk within
   * a day; or a service stopped for it.
   */
  static Match full(Known host) {
    List<VolumeRoom> volumes = needingRoom(host, Concern.NEARLY_FULL);
    List<String> evidence = new ArrayList<>(volumes.stream().map(VolumeRoom::free).toList());
    host.stopped(code -> code.isWin32(FULL)).stream()
        .map(Known.Stopped::sentence)
        .forEach(evidence::add);
    host.clue(Clue.DISK_FULL, DAY)
        .filter(seen -> host.fails())
        .ifPresent(
            seen ->
                evidence.add(
                    "Mail does not pass, and Windows warned of disk %s at %s (event %s)."
                        .formatted(seen.about(), host.time(seen.at()), seen.event())));
    if (evidence.isEmpty()) {
      return host.isReadable() && host.eventsRead() ? Match.NO : Match.NOT_KNOWN;
    }
    return Match.likely(
        evidence,
        "On %s, %s says how much is free. Look at the disk of Queue, and at that of Windows."
            .formatted(host.host(), look(volumes).orElse("fsutil volume diskfree C:")),
        "Make room: old files of %windir%\\System32\\LogFiles and of the folder Badmail first. "
            + LEAVE_QUEUE,
        "Start what stopped. SMTP takes messages again by itself once there is room.");
  }

  /**
   * A volume of the mail folders fills within a day if it goes on filling as it did. While mail
   * fails, that is not why.
   */
  static Match fills(Known host) {
    if (host.snapshot().collected().value(CollectorKey.VOLUMES).isEmpty()) {
      return Match.NOT_KNOWN;
    }
    List<VolumeRoom> volumes = needingRoom(host, Concern.FULL_SOON);
    if (volumes.isEmpty() || host.fails()) {
      return Match.NO;
    }
    List<String> evidence =
        volumes.stream()
            .flatMap(
                room -> Stream.concat(Stream.of(room.free()), room.fills(host.view()).stream()))
            .toList();
    return Match.likely(
        evidence,
        "On %s, %s says how much is free: look again after some minutes."
            .formatted(host.host(), look(volumes).orElse("")),
        "Find what grows: at a command prompt, dir /a /s of Queue, Badmail and Drop, and of"
            + " %windir%\\System32\\LogFiles, ends with the sum of each.",
        "Old logs, and bad mail: forfiles /p FOLDER /d -30 /c \"cmd /c del @path\" deletes what is"
            + " older than 30 days. Drop: see why the program that empties it does not. Queue: see"
            + " why mail does not leave. "
            + LEAVE_QUEUE);
  }

  private static List<VolumeRoom> needingRoom(Known host, Concern concern) {
    return host.snapshot().volumes().stream()
        .filter(room -> room.concerns(host.now()).contains(concern))
        .toList();
  }

  /** The commands that show how much is free. */
  private static Optional<String> look(List<VolumeRoom> volumes) {
    return volumes.stream().map(room -> look(room.name())).reduce((all, one) -> all + ", " + one);
  }

  private static String look(String volume) {
    String name = volume.contains(" ") ? '"' + volume + '"' : volume;
    return volume.startsWith("\\\\") ? "dir " + name : "fsutil volume diskfree " + name;
  }
}
