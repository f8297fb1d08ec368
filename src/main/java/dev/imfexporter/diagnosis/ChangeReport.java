package dev.imfexporter.diagnosis;

import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateChanges.Change;
import dev.imfexporter.watch.model.UpdateChanges.Compared;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was different after an update than before it, in words.
 *
 * @param summary one sentence
 * @param lines one for each change
 * @param notes when it was read, and what is not known
 */
public record ChangeReport(String summary, List<Line> lines, List<String> notes) {
  /** Readings that are further from the update may be of what others did. */
  private static final Duration CLOSE = Duration.ofHours(1);

  /** What a diagnosis asks; its answer may name accounts. */
  static final String QUESTION = "What did the update change?";

  private static final String NOT_KNOWN =
      "What the update changed is not known: no setting was read before it.";

  public ChangeReport {
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  /**
   * A change.
   *
   * @param what a sentence
   * @param command that puts it back; empty where there is none, and once it was put back
   * @param advice what else to do; "" for nothing
   */
  public record Line(String what, Optional<String> command, String advice) {
    /** All of it, for a text without marks. */
    public String text() {
      return Stream.of(what, advice, command.map(c -> "To put it back: " + c).orElse(""))
          .filter(part -> !part.isEmpty())
          .collect(Collectors.joining(" "));
    }
  }

  /**
   * @param changes empty if nothing could be compared
   * @param time how a time is written
   */
  public static ChangeReport of(
      String host,
      Episode episode,
      Optional<UpdateChanges> changes,
      Function<Instant, String> time) {
    if (changes.isEmpty()) {
      return new ChangeReport(NOT_KNOWN, List.of(), List.of());
    }
    UpdateChanges of = changes.get();
    return new ChangeReport(
        summary(of),
        of.changes().stream().map(change -> line(host, change, time)).toList(),
        notes(episode, of, time));
  }

  private static String summary(UpdateChanges of) {
    int all = of.changes().size() + of.unlisted();
    if (!of.known()) {
      return "No setting was read both before the update and after it"
          + (of.complete() ? "." : " yet.");
    }
    if (all == 0) {
      return of.complete()
          ? "Nothing that we can see was changed."
          : "Nothing that we can see was changed so far.";
    }
    if (of.remaining().isEmpty() && of.unlisted() == 0) {
      return all == 1
          ? "1 setting changed, and is as before the update again."
          : all + " settings changed, and are as before the update again.";
    }
    int left = of.remaining().size() + of.unlisted();
    return (left == 1
            ? "1 setting is not as it was before the update"
            : left + " settings are not as they were before the update")
        + (of.complete() ? "." : ", so far.");
  }

  private static Line line(String host, Change change, Function<Instant, String> time) {
    SettingKind kind = change.kind();
    String what =
        "%s of %s: ".formatted(capital(kind.label()), change.of())
            + change.before().map(value -> "was " + kind.shown(value)).orElse("was not there")
            + change.after().map(value -> ", then " + kind.shown(value)).orElse(", then not there")
            + " (first read so at %s)".formatted(time.apply(change.since()))
            + change.putBack().map(at -> "; as before again since " + time.apply(at)).orElse("")
            + ".";
    return change.putBack().isPresent()
        ? new Line(what, Optional.empty(), "")
        : new Line(what, change.command(host), kind.putBack().sentence(change.before()));
  }

  private static List<String> notes(
      Episode episode, UpdateChanges of, Function<Instant, String> time) {
    List<String> notes = new ArrayList<>();
    if (of.unlisted() > 0) {
      notes.add("%d further changes are not listed.".formatted(of.unlisted()));
    }
    if (of.known()) {
      Instant before = of.before().orElseThrow();
      Instant after = of.after().orElseThrow();
      boolean apart =
          before.plus(CLOSE).isBefore(episode.began())
              || after.minus(CLOSE).isAfter(episode.closed().orElse(Instant.MAX));
      notes.add(
          "Read before it at %s and after it at %s%s."
              .formatted(
                  time.apply(before),
                  time.apply(after),
                  apart
                      ? ", %s apart: others may have changed something in between"
                          .formatted(TimeWords.duration(Duration.between(before, after)))
                      : ""));
    }
    notKnown(of, kind -> kind.before().isEmpty(), "not read before the update", notes);
    notKnown(
        of,
        kind -> kind.before().isPresent() && kind.after().isEmpty(),
        of.complete() ? "not read after the update" : "not read after the update yet",
        notes);
    for (Compared kind : of.kinds()) {
      if (!kind.unread().isEmpty()) {
        notes.add(
            "Not known: %s of %s, which could not be read."
                .formatted(kind.kind().label(), String.join(", ", kind.unread())));
      }
    }
    return notes;
  }

  private static void notKnown(
      UpdateChanges of, Predicate<Compared> which, String why, List<String> notes) {
    String kinds =
        of.kinds().stream()
            .filter(which)
            .map(kind -> kind.kind().label())
            .collect(Collectors.joining(", "));
    if (!kinds.isEmpty()) {
      notes.add("Not known: %s (%s).".formatted(kinds, why));
    }
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
