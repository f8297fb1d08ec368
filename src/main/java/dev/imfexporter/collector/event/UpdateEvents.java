package dev.imfexporter.collector.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Step;
import dev.imfexporter.collector.UpdateKind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Events of installers of updates. A routine update has no meaning. */
final class UpdateEvents {
  /** One event may name some fifty updates, a line each. */
  private static final int LONGEST_TITLE = 5_000;

  private static final int MOST_TITLES = 50;
  private static final Pattern KB = Pattern.compile("\\bKB\\d{6,7}\\b", Pattern.CASE_INSENSITIVE);

  /** The number and the name of the updates of the Intelligent Message Filter. */
  private static final Pattern DEFINITION =
      Pattern.compile("\\bKB907747\\b|Intelligent Message Filter", Pattern.CASE_INSENSITIVE);

  /** Strings beside the title: GUIDs, error codes, revisions. */
  private static final Pattern NO_TITLE = Pattern.compile("\\{?[-0-9A-Fa-f]{32,}}?|0x\\w+|-?\\d+");

  private final RoutineUpdates routine;

  UpdateEvents(RoutineUpdates routine) {
    this.routine = routine;
  }

  /**
   * An event of Windows Update. Ids 21 and 22 (a reboot is needed) are not in the table: they
   * neither begin nor end an installation, and the registry says the same.
   */
  EventDecoder titled(Step step) {
    return event -> titled(step, event.strings());
  }

  /**
   * 17 and 18, of every version of Windows: updates are downloaded and wait to be installed. The
   * last string lists them, a line each behind "- "; 18 begins with a date and a time, which are in
   * the host's language and therefore left out (<a
   * href="https://github.com/libyal/winevt-kb/blob/main/docs/sources/message-files/MessageFile-wuaueng.dll.md">
   * texts</a>).
   */
  Optional<Meaning> ready(EventRecord event) {
    String list = event.string(event.strings().size());
    return announced(
        list.lines().map(line -> line.strip().replaceFirst("^-\\s*", "")).limit(MOST_TITLES));
  }

  /** 44: the download of an update began, as Windows 10 and Server 2016 report it. */
  Optional<Meaning> downloading(EventRecord event) {
    return announced(title(event.strings()).stream());
  }

  private Optional<Meaning> announced(Stream<String> titles) {
    List<Meaning.Announced> updates =
        titles
            .filter(title -> !title.isBlank() && (isDefinition(title) || !routine.all(title)))
            .map(title -> new Meaning.Announced(kb(title), shortened(title)))
            .toList();
    return updates.isEmpty()
        ? Optional.empty()
        : Optional.of(new Meaning.UpdatesAnnounced(updates));
  }

  /**
   * An event of component-based servicing, which Windows Vista and Server 2008 write into the log
   * System (<a
   * href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc756243(v=ws.10)">
   * packages</a>, <a
   * href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc756300(v=ws.10)">
   * updates of packages</a>). The last string is the target state of the package, in English; a
   * removal is not an update.
   *
   * @param packageAt the string that names the package
   */
  EventDecoder serviced(Step step, int packageAt) {
    return event -> {
      String target = event.string(event.strings().size());
      boolean installs =
          target.equals("Installed")
              || (step != Step.INSTALLED && target.equals("Install Requested"));
      return installs ? titled(step, List.of(event.string(packageAt))) : Optional.empty();
    };
  }

  /**
   * 4371 and 4377, by update.exe of Windows Server 2003: the strings are a product and its service
   * pack or hotfix.
   */
  Optional<Meaning> hotfix(EventRecord event) {
    return titled(Step.INSTALLED, List.of(String.join(" ", event.strings())));
  }

  /**
   * The order of the strings differs between events and versions of Windows: the title is the
   * longest string with a KB number, or else the longest string.
   */
  private Optional<Meaning> titled(Step step, List<String> strings) {
    Optional<String> kb = strings.stream().flatMap(text -> kb(text).stream()).findFirst();
    return title(strings).flatMap(title -> meaning(step, title, kb));
  }

  private static Optional<String> title(List<String> strings) {
    return strings.stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty() && !NO_TITLE.matcher(text).matches())
        .max(
            Comparator.<String, Boolean>comparing(text -> kb(text).isPresent())
                .thenComparing(String::length));
  }

  private Optional<Meaning> meaning(Step step, String title, Optional<String> kb) {
    boolean definition = isDefinition(title) || kb.filter("KB907747"::equals).isPresent();
    if (!definition && routine.all(title)) {
      return Optional.empty();
    }
    return Optional.of(
        new Meaning.UpdateStep(
            step, definition ? UpdateKind.DEFINITION : UpdateKind.WINDOWS, kb, shortened(title)));
  }

  private static boolean isDefinition(String title) {
    return DEFINITION.matcher(title).find();
  }

  private static String shortened(String title) {
    return title.substring(0, Math.min(title.length(), LONGEST_TITLE));
  }

  private static Optional<String> kb(String text) {
    Matcher matcher = KB.matcher(text);
    return matcher.find()
        ? Optional.of(matcher.group().toUpperCase(Locale.ROOT))
        : Optional.empty();
  }
}
