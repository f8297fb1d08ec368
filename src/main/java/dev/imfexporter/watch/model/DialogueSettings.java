package dev.imfexporter.watch.model;

import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogue.Outcome;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.collector.SmtpTls;
import dev.imfexporter.watch.model.Settings.Setting;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What dialogues with SMTP show of its settings. A dialogue that ended early shows none. */
final class DialogueSettings {
  /**
   * With which Microsoft's SMTP ends its greeting: "ready at" and the time (Microsoft Knowledge
   * Base 257569). One that was set by hand may end with the time alone.
   */
  private static final Pattern TIME =
      Pattern.compile(" +(?:ready at\\b|[A-Z][a-z]{2}, +\\d{1,2} [A-Z][a-z]{2} \\d{4}\\b).*");

  private DialogueSettings() {}

  /** Without the time. */
  static Settings greetings(Dialogues read) {
    return each(
        read,
        dialogue ->
            Stream.of(
                new Setting(
                    dialogue.virtualServer(),
                    Optional.of(TIME.matcher(dialogue.greeting()).replaceFirst("")))));
  }

  static Settings extensions(Dialogues read) {
    return each(
        read,
        dialogue ->
            Stream.of(
                new Setting(
                    dialogue.virtualServer(),
                    Optional.of(
                        dialogue.extensions().isEmpty()
                            ? "none"
                            : dialogue.extensions().stream()
                                .sorted()
                                .collect(Collectors.joining(" "))))));
  }

  /** Of servers that were asked for TLS. */
  static Settings certificates(Dialogues read) {
    return each(
        read,
        dialogue ->
            dialogue.tls().stream()
                .map(tls -> new Setting(dialogue.virtualServer(), certificate(tls))));
  }

  /** Its subject and last day; empty if TLS did not come so far. */
  private static Optional<String> certificate(SmtpTls tls) {
    return tls.state() == SmtpTls.State.NOT_OFFERED
        ? Optional.of("no STARTTLS")
        : tls.certificate()
            .map(found -> "%s, valid until %s".formatted(found.subject(), found.notAfter()));
  }

  /** A verdict for now, such as of greylisting, is none. */
  static Settings recipients(Dialogues read) {
    return each(
        read,
        dialogue ->
            dialogue.recipients().entrySet().stream()
                .map(
                    of ->
                        new Setting(
                            "%s, %s address"
                                .formatted(dialogue.virtualServer(), of.getKey().word()),
                            Optional.of(of.getValue().verdict())
                                .filter(verdict -> verdict != Verdict.DEFERRED)
                                .map(Verdict::spaced))));
  }

  private static Settings each(Dialogues read, Function<Dialogue, Stream<Setting>> settings) {
    List<Dialogue> complete =
        read.all().stream().filter(of -> of.outcome() == Outcome.COMPLETE).toList();
    return new Settings(
        complete.stream().flatMap(settings).toList(), complete.size() == read.all().size());
  }
}
