package dev.imfexporter.evidence;

import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.diagnosis.WaitWords;
import dev.imfexporter.text.HasWord;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostHistory;
import java.util.List;

/** The parts of an archive that are for people, without its README. */
final class EvidenceTexts {
  private EvidenceTexts() {}

  static Diagnosis diagnosis(Evidence evidence) {
    return Diagnosis.of(evidence.host(), evidence.events(), TimeView.utc(evidence.at()));
  }

  /** What was so at the time, question by question. */
  static String summary(Evidence evidence) {
    Diagnosis diagnosis = diagnosis(evidence);
    PlainText text = new PlainText();
    text.line("%s at %s".formatted(evidence.host().name(), TimeWords.dateAndTime(evidence.at())));
    text.empty().line(diagnosis.summary().headline());
    diagnosis
        .findings()
        .forEach(finding -> text.empty().heading(finding.question()).items(finding.answers()));
    diagnosis
        .causes()
        .forEach(
            cause ->
                text.empty()
                    .heading("Likely, not certain: " + cause.trouble().title())
                    .items(cause.evidence()));
    if (!diagnosis.cautions().isEmpty()) {
      text.empty().heading("What not to conclude").items(diagnosis.cautions());
    }
    return text.toString();
  }

  /** The story of an episode. */
  static String episode(Evidence evidence, Episode episode) {
    PlainText text = new PlainText();
    text.line(sentence(evidence.host().name(), episode)).empty();
    text.line("Update:      %s (%s)".formatted(title(episode), episode.update().spaced()));
    text.line("Began:       " + TimeWords.dateAndTime(episode.began()));
    text.line("Mail halted: " + (episode.halted() ? "yes, for longer than the limit" : "no"));
    text.line(
        "Recovery:    "
            + episode
                .recovery()
                .map(took -> TimeWords.duration(took) + " from the first outage until verified")
                .orElse("not known"));
    String starts = episode.starts().phrase();
    text.line("Started by:  " + (starts.isEmpty() ? "not known" : starts));
    text.line(
        "Followed:    "
            + (episode.followed() ? "from begin to end" : "with gaps, something may be missing"));
    text.empty().heading("What happened, in UTC");
    Course.of(episode).forEach(text::line);
    WaitWords words = new WaitWords(evidence.host(), TimeView.utc(evidence.at()));
    evidence
        .host()
        .history()
        .waits()
        .of(episode)
        .forEach(
            wait ->
                text.empty()
                    .heading(
                        "What may have held up the %s at %s"
                            .formatted(wait.phase().word(), TimeWords.dateAndTime(wait.began())))
                    .items(words.of(wait)));
    return text.toString();
  }

  static String sentence(String host, Episode episode) {
    return "Episode %d of %s: the update %s, %s."
        .formatted(
            episode.number(),
            host,
            title(episode),
            episode
                .outcome()
                .map(HasWord::spaced)
                .orElse("not over yet (" + episode.state().spaced() + ")"));
  }

  private static String title(Episode episode) {
    return episode.title().isEmpty() ? "without a title" : episode.title();
  }

  /** Every change of state of the services that is kept, and what is usual. */
  static String outages(HostHistory history) {
    PlainText text = new PlainText();
    text.heading("Outages of the services, each change of state, in UTC");
    List<String> lines = Course.of(history.outages());
    (lines.isEmpty() ? List.of("None is kept.") : lines).forEach(text::line);
    text.empty().heading("How long restarts usually take, without boots and crashes");
    history
        .services()
        .forEach(
            service ->
                text.line(
                    "%s: %s"
                        .formatted(
                            service.name(),
                            service
                                .typical()
                                .withLast()
                                .map(
                                    of ->
                                        "%s, by %d restarts%s"
                                            .formatted(
                                                of.words(),
                                                of.restarts(),
                                                of.phaseWords().map(p -> "; " + p).orElse("")))
                                .orElse("not known, fewer than three were seen"))));
    return text.toString();
  }
}
