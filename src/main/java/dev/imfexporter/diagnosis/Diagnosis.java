package dev.imfexporter.diagnosis;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Instant;
import java.util.List;

/**
 * The reasoning of A. Zammit's article "IIS Problems Following an IMF Update?" (27 September 2007)
 * for one host: what is so, what happened, what to do next and what not to conclude.
 *
 * @param headline one sentence for an administrator who was just woken up
 * @param nextSteps in the order in which to take them; never empty
 * @param cautions conclusions that what is known does not allow
 */
public record Diagnosis(
    Verdict verdict,
    String headline,
    List<Finding> findings,
    List<String> nextSteps,
    List<String> cautions) {
  public Diagnosis {
    findings = List.copyOf(findings);
    nextSteps = List.copyOf(nextSteps);
    cautions = List.copyOf(cautions);
  }

  /** What it comes to. */
  public enum Verdict {
    HEALTHY,
    /** Something that should run does not, or mail does not flow. */
    FAILING,
    /** The services could not be read, so nothing is known of mail flow. */
    UNREADABLE
  }

  /** How a finding is to be taken. */
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

  /**
   * Reasons about a host.
   *
   * @param events what its logs told in the time before, in any order
   */
  public static Diagnosis of(HostSnapshot snapshot, List<LoggedEvent> events, Instant now) {
    Patient host = new Patient(snapshot, events, now);
    Verdict verdict = host.verdict();
    return new Diagnosis(
        verdict,
        Headlines.of(host, verdict),
        Findings.of(host),
        NextSteps.of(host, verdict),
        Cautions.of(host, verdict));
  }
}
