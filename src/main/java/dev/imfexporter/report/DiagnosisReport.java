package dev.imfexporter.report;

import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import dev.imfexporter.trouble.Troubles.Cause;
import java.util.List;

/**
 * What {@code diagnose} prints of a diagnosis, and its exit code by the verdict.
 *
 * @param settled false while the episode of an update is open or being verified, or a known trouble
 *     is likely
 */
public record DiagnosisReport(
    Verdict verdict,
    boolean settled,
    String headline,
    List<Finding> findings,
    List<Cause> causes,
    List<String> nextSteps,
    List<String> cautions) {
  public DiagnosisReport {
    findings = List.copyOf(findings);
    causes = List.copyOf(causes);
    nextSteps = List.copyOf(nextSteps);
    cautions = List.copyOf(cautions);
  }

  public static DiagnosisReport of(Diagnosis diagnosis) {
    return new DiagnosisReport(
        diagnosis.verdict(),
        diagnosis.summary().situation().isSettled() && diagnosis.causes().isEmpty(),
        diagnosis.summary().headline(),
        diagnosis.findings(),
        diagnosis.causes(),
        diagnosis.nextSteps(),
        diagnosis.cautions());
  }
}
