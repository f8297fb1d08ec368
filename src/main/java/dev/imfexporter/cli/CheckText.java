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
import picocli.CommandLine.Help.Ansi.Style;

/** The result of each reading of a host, for a terminal. */
final class CheckText {
  private final TerminalText text;

  CheckText(boolean colour) {
    text = new TerminalText(colour);
  }

  String of(HostSnapshot snapshot, AccessKind access) {
    List<Named> readings = snapshot.readings().all();
    Optional<String> first = snapshot.readings().services().result().reason();
    readings.forEach(reading -> reading(reading, first));
    if (access.isRemote()) {
      hints(readings);
    }
    long failed = readings.stream().filter(CheckText::failed).count();
    text.emptyLine();
    if (!snapshot.up()) {
      text.paragraph("The host cannot be watched: its services cannot be read.", Style.fg_red);
    } else if (failed > 0) {
      text.paragraph(
          failed + " of the readings failed; the others go on without them.", Style.fg_red);
    } else {
      text.paragraph("All that this access can read is read.", Style.fg_green);
    }
    return text.toString();
  }

  /** Whether the reading failed, or a part of it. */
  static boolean failed(Named reading) {
    return reading.taken().result().errorReason().isPresent();
  }

  /**
   * @param first why the services cannot be read; not repeated for readings with the same reason
   */
  private void reading(Named reading, Optional<String> first) {
    Result<?> result = reading.taken().result();
    boolean again = reading.name() != ReadingName.SERVICES && result.reason().equals(first);
    String word = failed(reading) && result instanceof Result.Ok ? "incomplete" : result.word();
    String took = Math.max(1, reading.taken().took().toMillis()) + " ms";
    text.paragraph(
        "%-16s%-12s".formatted(word.replace('_', ' '), reading.name().word()),
        0,
        again && first.isPresent() ? "for the same reason" : result.reason().orElse(took),
        failed(reading) ? new Style[] {Style.fg_red} : new Style[0]);
  }

  private void hints(List<Named> readings) {
    Set<String> hints = new LinkedHashSet<>();
    for (Named reading : readings) {
      reading
          .taken()
          .result()
          .errorReason()
          .flatMap(error -> FixHint.of(reading.name(), error))
          .ifPresent(hints::add);
    }
    if (!hints.isEmpty()) {
      text.emptyLine();
      text.paragraph("To fix it, in an elevated prompt on the host (docs/least-privilege.md):");
      hints.forEach(hint -> text.paragraph("  ", 2, hint));
    }
  }
}
