package dev.imfexporter.reading.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.reading.Meaning;
import dev.imfexporter.reading.Meaning.Step;
import dev.imfexporter.reading.UpdateKind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An update as an installer's event names it.
 *
 * @param kb such as KB907747
 */
record Update(String title, Optional<String> kb) {
  private static final int LONGEST_TITLE = 500;
  private static final Pattern KB = Pattern.compile("\\bKB\\d{6,7}\\b", Pattern.CASE_INSENSITIVE);

  /** The number and the name of the updates of the Intelligent Message Filter. */
  private static final Pattern DEFINITION =
      Pattern.compile("\\bKB907747\\b|Intelligent Message Filter", Pattern.CASE_INSENSITIVE);

  /** Strings beside the title: GUIDs, error codes, revisions. */
  private static final Pattern NO_TITLE = Pattern.compile("\\{?[-0-9A-Fa-f]{32,}}?|0x\\w+|-?\\d+");

  /**
   * The update that these strings of an event are about. The order of the strings differs between
   * events and versions of Windows, so the title is the longest one, the first with a KB number
   * before all others.
   */
  static Optional<Update> named(List<String> strings) {
    Optional<String> kb = strings.stream().flatMap(text -> kb(text).stream()).findFirst();
    return strings.stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty() && !NO_TITLE.matcher(text).matches())
        .max(
            Comparator.<String, Boolean>comparing(text -> kb(text).isPresent())
                .thenComparing(String::length))
        .map(title -> new Update(title, kb));
  }

  /** All strings of an event as one title. */
  static Optional<Update> joined(EventRecord event) {
    String title = String.join(" ", event.strings()).strip();
    return title.isEmpty() ? Optional.empty() : Optional.of(new Update(title, kb(title)));
  }

  /** What it means that an installer took this step with it. */
  Meaning step(Step step, RoutineUpdates routine) {
    String shown = title.substring(0, Math.min(title.length(), LONGEST_TITLE));
    if (DEFINITION.matcher(title).find() || kb.filter("KB907747"::equals).isPresent()) {
      return new Meaning.UpdateStep(step, UpdateKind.DEFINITION, kb, shown);
    }
    return routine.all(title)
        ? new Meaning.RoutineUpdate(shown)
        : new Meaning.UpdateStep(step, UpdateKind.WINDOWS, kb, shown);
  }

  private static Optional<String> kb(String text) {
    Matcher matcher = KB.matcher(text);
    return matcher.find()
        ? Optional.of(matcher.group().toUpperCase(Locale.ROOT))
        : Optional.empty();
  }
}
