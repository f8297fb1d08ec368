package dev.imfexporter.cli;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.model.HostSnapshot;
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
    List<Timed<?>> readings = snapshot.collected().all();
    Optional<String> first = snapshot.collected().get(CollectorKey.SERVICES).result().reason();
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

  /** Whether the collector failed, or a part of it. */
  static boolean failed(Timed<?> reading) {
    return reading.result().errorReason().isPresent();
  }

  /**
   * @param first why the services cannot be read; not repeated for readings with the same reason
   */
  private void reading(Timed<?> reading, Optional<String> first) {
    Result<?> result = reading.result();
    boolean again = reading.key() != CollectorKey.SERVICES && result.reason().equals(first);
    String word = failed(reading) && result instanceof Result.Ok ? "incomplete" : result.word();
    String took = Math.max(1, reading.took().toMillis()) + " ms";
    text.paragraph(
        "%-16s%-12s".formatted(word.replace('_', ' '), reading.key().word()),
        0,
        again && first.isPresent() ? "for the same reason" : result.reason().orElse(took),
        failed(reading) ? new Style[] {Style.fg_red} : new Style[0]);
  }

  private void hints(List<Timed<?>> readings) {
    Set<String> hints = new LinkedHashSet<>();
    for (Timed<?> reading : readings) {
      reading
          .result()
          .errorReason()
          .flatMap(error -> FixHint.of(reading.key(), error))
          .ifPresent(hints::add);
    }
    if (!hints.isEmpty()) {
      text.emptyLine();
      text.paragraph("To fix it, in an elevated prompt on the host (docs/least-privilege.md):");
      hints.forEach(hint -> text.paragraph("  ", 2, hint));
    }
  }
}
