package dev.imfexporter.cli;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.SmtpAnswer;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.diagnosis.DialogueWords;
import dev.imfexporter.text.Documents;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Standing;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Help.Ansi.Style;

/** The result of each collector of a host, for a terminal. */
final class CheckText {
  private final TerminalText text;

  CheckText(boolean colour) {
    text = new TerminalText(colour);
  }

  /**
   * @param cautions sentences on how the host was reached
   */
  String of(HostSnapshot snapshot, AccessKind access, List<String> cautions) {
    List<Timed<?>> runs = snapshot.collected().all();
    Optional<String> first = snapshot.collected().get(CollectorKey.SERVICES).result().reason();
    runs.forEach(run -> line(run, first));
    if (access.isRemote()) {
      hints(runs);
    }
    cautions.forEach(
        caution -> {
          text.emptyLine();
          text.paragraph(caution + ".", Style.fg_yellow);
        });
    long failed = runs.stream().filter(CheckText::failed).count();
    text.emptyLine();
    if (!snapshot.up()) {
      text.paragraph("The host cannot be watched: its services cannot be read.", Style.fg_red);
    } else if (failed > 0) {
      text.paragraph(
          failed + " of the collectors failed; the others go on without them.", Style.fg_red);
    }
    Optional<String> untried = untried(snapshot);
    boolean down = isSmtpDown(snapshot);
    untried
        .filter(why -> snapshot.up())
        .ifPresent(why -> text.paragraph(why, down ? Style.fg_red : Style.fg_yellow));
    if (snapshot.up() && failed == 0 && !down) {
      text.paragraph("All that this access can read is read.", Style.fg_green);
    }
    return text.toString();
  }

  /**
   * Whether every collector works and SMTP answers, which one that is down does not. Scripts wait
   * for this after a reboot or a change, and the mail of the next client must not be refused then.
   * Whether a service should run is decided by its {@link Standing}, as in {@code diagnose}.
   */
  static boolean succeeded(HostSnapshot snapshot) {
    return !isSmtpDown(snapshot)
        && snapshot.collected().all().stream().noneMatch(CheckText::failed);
  }

  private static boolean isSmtpDown(HostSnapshot snapshot) {
    return smtp(snapshot).filter(is -> is.isDown() || is == Standing.PAUSED).isPresent();
  }

  /** That what SMTPSVC answers could not be tried; empty while it runs, or where there is none. */
  private static Optional<String> untried(HostSnapshot snapshot) {
    String did = isSmtpDown(snapshot) ? "should run and does not (%s)" : "does not run (%s)";
    return smtp(snapshot)
        .filter(is -> is != Standing.RUNNING && is != Standing.MISSING)
        .map(
            is ->
                ("SMTPSVC " + did + ": what it would answer was not tried.")
                    .formatted(is.spaced()));
  }

  private static Optional<Standing> smtp(HostSnapshot snapshot) {
    return snapshot.service(WellKnownServices.SMTP).map(ServiceHistory::standing);
  }

  /** Whether the collector or a part of it failed, or SMTP does not answer. */
  private static boolean failed(Timed<?> run) {
    return run.result().errorReason().isPresent() || why(run).isPresent();
  }

  /** Why SMTP does not answer, which is a value of its collector and no failure. */
  private static Optional<String> why(Timed<?> run) {
    return run.value().orElse(null) instanceof SmtpAnswer answer
        ? answer.failure()
        : Optional.empty();
  }

  /**
   * @param first why the services cannot be read; not repeated for collectors with the same reason
   */
  private void line(Timed<?> run, Optional<String> first) {
    Result<?> result = run.result();
    Optional<String> reason = result.reason().or(() -> why(run));
    boolean again = run.key() != CollectorKey.SERVICES && result.reason().equals(first);
    String word =
        why(run).isPresent()
            ? "no answer"
            : failed(run) && result instanceof Result.Ok ? "incomplete" : result.word();
    String took = Math.max(1, run.took().toMillis()) + " ms";
    text.paragraph(
        "%-16s%-16s".formatted(word.replace('_', ' '), run.key().word()),
        0,
        again && first.isPresent() ? "for the same reason" : reason.orElse(took),
        failed(run) ? new Style[] {Style.fg_red} : new Style[0]);
    if (result.value().orElse(null) instanceof Dialogues dialogues) {
      dialogues(dialogues, new DialogueWords(TimeView.utc(run.at())));
    }
  }

  private void dialogues(Dialogues read, DialogueWords words) {
    read.all()
        .forEach(
            dialogue ->
                text.paragraph(
                    " ".repeat(32),
                    0,
                    "%s at %s: %s"
                        .formatted(
                            dialogue.virtualServer(),
                            dialogue.place(),
                            String.join(" ", words.of(dialogue)))));
  }

  private void hints(List<Timed<?>> runs) {
    Set<String> hints = new LinkedHashSet<>();
    for (Timed<?> run : runs) {
      run.result()
          .errorReason()
          .flatMap(error -> FixHint.of(run.key(), error))
          .ifPresent(hints::add);
    }
    if (!hints.isEmpty()) {
      text.emptyLine();
      text.paragraph(
          "To fix it, in an elevated prompt on the host (%s):"
              .formatted(Documents.at("least-privilege.md")));
      hints.forEach(hint -> text.paragraph("  ", 2, hint));
    }
  }
}
