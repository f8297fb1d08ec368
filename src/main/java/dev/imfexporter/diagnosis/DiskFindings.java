package dev.imfexporter.diagnosis;

import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import dev.imfexporter.watch.model.VolumeRoom.Concern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether there is room for mail. */
final class DiskFindings {
  private DiskFindings() {}

  /** Empty if no volume was read. */
  static Optional<Finding> of(Patient host) {
    List<String> answers =
        host.snapshot().volumes().stream()
            .flatMap(
                room -> Stream.concat(Stream.of(room.free()), room.fills(host.time()).stream()))
            .toList();
    return answers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "Is there room on the disks of the mail folders?",
                host.disk().isPresent() ? Tone.BAD : Tone.GOOD,
                answers));
  }

  /** The alert about it, and so its runbook. */
  static String runbook(Concern concern) {
    return switch (concern) {
      case NEARLY_FULL -> "ImfMailVolumeNearlyFull";
      case FULL_SOON -> "ImfMailVolumeFullSoon";
    };
  }

  /** A clause, such as a headline has. */
  static String clause(Concern concern) {
    return switch (concern) {
      case NEARLY_FULL -> "a disk of its mail folders is nearly full";
      case FULL_SOON -> "a disk of its mail folders will be full within a day";
    };
  }
}
