package dev.imfexporter.diagnosis;

import dev.imfexporter.text.TimeView;
import dev.imfexporter.trouble.Troubles;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.HostSnapshot;
import java.util.List;
import java.util.stream.Stream;

/**
 * The reasoning of A. Zammit's article "IIS Problems Following an IMF Update?" (27 September 2007)
 * for one host: what is so, what happened, what to do next and what not to conclude.
 *
 * @param causes that are likely
 * @param nextSteps in the order in which to take them; never empty
 * @param waitFirst whether the first of them is to wait for a restart that may end by itself
 * @param cautions conclusions that what is known does not allow
 */
public record Diagnosis(
    Summary summary,
    List<Finding> findings,
    List<Cause> causes,
    List<String> nextSteps,
    boolean waitFirst,
    List<String> cautions) {
  public Diagnosis {
    findings = List.copyOf(findings);
    causes = List.copyOf(causes);
    nextSteps = List.copyOf(nextSteps);
    cautions = List.copyOf(cautions);
  }

  /** The steps of the most likely cause, and then the others; empty if there is nothing to do. */
  public List<String> firstSteps() {
    return Stream.concat(
            causes.stream().limit(1).flatMap(cause -> cause.steps().stream()),
            nextSteps.stream()
                .filter(s -> !s.equals(NextSteps.OF_THE_CAUSE) && !s.equals(NextSteps.NOTHING)))
        .toList();
  }

  public Verdict verdict() {
    return summary.situation().verdict();
  }

  /** The result in a word. */
  public enum Verdict {
    HEALTHY,
    /** Everything that should run does, but a service has a {@link Concern}. */
    AT_RISK,
    /** Something that should run does not, or mail does not flow. */
    FAILING,
    /** The services could not be read, so nothing is known of mail flow. */
    UNREADABLE
  }

  /** Whether a finding is good news. */
  public enum Tone {
    GOOD,
    BAD,
    /** It says something, or says that something is not known. */
    NEUTRAL
  }

  /** A question and what is known of its answer, in sentences. */
  public record Finding(String question, Tone tone, List<String> answers) {
    public Finding {
      answers = List.copyOf(answers);
    }
  }

  /** Diagnoses a host. */
  public static Diagnosis of(HostSnapshot snapshot, DayEvents events, TimeView time) {
    List<Cause> causes = Troubles.of(snapshot, time.zone()).likely();
    return of(new Patient(snapshot, events, causes, time));
  }

  private static Diagnosis of(Patient host) {
    Summary summary = Summary.of(host);
    Verdict verdict = summary.situation().verdict();
    return new Diagnosis(
        summary,
        Findings.of(host),
        host.causes(),
        NextSteps.of(host, verdict),
        verdict == Verdict.FAILING && host.restartMayEnd(),
        Cautions.of(host, verdict));
  }
}
