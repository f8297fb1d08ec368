package dev.imfexporter.cli;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.reading.ReadingName;
import dev.imfexporter.reading.Result;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.Readings.Named;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be read of a host, reading by reading, for a terminal. */
final class CheckText {
  private static final String GREEN = "32";
  private static final String RED = "31";
  private static final String INDENT = " ".repeat(28);

  private final Paragraphs text;

  CheckText(boolean colour) {
    text = new Paragraphs(colour);
  }

  String of(HostSnapshot snapshot, AccessKind access) {
    Optional<String> first = snapshot.readings().services().result().reason();
    snapshot.readings().all().forEach(reading -> reading(reading, first));
    if (access.isRemote()) {
      remedies(snapshot.readings().all());
    }
    long failed = snapshot.readings().all().stream().filter(CheckText::failed).count();
    text.empty();
    if (!snapshot.up()) {
      text.add("", "", "The host cannot be watched: its services cannot be read.", RED);
    } else if (failed > 0) {
      text.add("", "", failed + " of the readings failed; the others go on without them.", RED);
    } else {
      text.add("", "", "All that this access can read is read.", GREEN);
    }
    if (access != AccessKind.DEMO) {
      text.empty();
      text.add("", "", Proof.of(access), "");
    }
    return text.toString();
  }

  private void remedies(List<Named> readings) {
    Set<String> remedies = new LinkedHashSet<>();
    for (Named reading : readings) {
      if (reading.taken().result() instanceof Result.Failed<?> failed) {
        Remedy.of(reading.name(), failed.error()).ifPresent(remedies::add);
      }
    }
    if (!remedies.isEmpty()) {
      text.empty();
      text.add(
          "", "", "To mend it, in an elevated prompt on the host (docs/least-privilege.md):", "");
      remedies.forEach(remedy -> text.add("  ", "    ", remedy, ""));
    }
  }

  static boolean failed(Named reading) {
    return reading.taken().result() instanceof Result.Failed;
  }

  /**
   * @param first why the services cannot be read; what keeps everything else out is told once
   */
  private void reading(Named reading, Optional<String> first) {
    Result<?> result = reading.taken().result();
    boolean again = reading.name() != ReadingName.SERVICES && result.reason().equals(first);
    String head = "%-16s%-12s".formatted(result.word().replace('_', ' '), reading.name().word());
    String took = Math.max(1, reading.taken().took().toMillis()) + " ms";
    String tail = again && first.isPresent() ? "for the same reason" : result.reason().orElse(took);
    text.add(head, INDENT, tail, failed(reading) ? RED : "");
  }
}
