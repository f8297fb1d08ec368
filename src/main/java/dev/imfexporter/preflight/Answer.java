package dev.imfexporter.preflight;

import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/** Collects what a check finds. Its verdict is the worst of what was added. */
final class Answer {
  private final List<String> evidence = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();
  private Verdict verdict = Verdict.OK;

  Answer ok(String sentence) {
    return add(Verdict.OK, sentence);
  }

  Answer notKnown(String sentence) {
    return add(Verdict.NOT_KNOWN, sentence);
  }

  Answer warning(String sentence) {
    return add(Verdict.WARNING, sentence);
  }

  Answer problem(String sentence) {
    return add(Verdict.PROBLEM, sentence);
  }

  /** What to do; the same step stands there once. */
  Answer step(String sentence) {
    if (!steps.contains(sentence)) {
      steps.add(sentence);
    }
    return this;
  }

  /** A collector brought no value: what it reads is not known, unless the host has none of it. */
  Answer without(Timed<?> run) {
    String why = run.result().reason().orElse("no reason was given");
    notKnown(
        "The collector %s has no result: %s".formatted(run.key().word(), Sentence.closed(why)));
    if (run.result() instanceof Result.Failed) {
      step("imf-exporter check names what the collector " + run.key().word() + " needs.");
    }
    return this;
  }

  private Answer add(Verdict found, String sentence) {
    verdict = found.compareTo(verdict) > 0 ? found : verdict;
    evidence.add(sentence);
    return this;
  }

  /** Whether something was found that is to be mended. */
  boolean hasFault() {
    return verdict == Verdict.WARNING || verdict == Verdict.PROBLEM;
  }

  boolean isEmpty() {
    return evidence.isEmpty();
  }

  Check of(Item item) {
    return new Check(item, verdict, evidence, steps);
  }
}
