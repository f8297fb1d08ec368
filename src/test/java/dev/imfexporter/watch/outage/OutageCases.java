package dev.imfexporter.watch.outage;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.fact.ServiceFact.ControlSent;
import dev.imfexporter.watch.fact.ServiceFact.Ending;
import dev.imfexporter.watch.fact.ServiceFact.LogRecord;
import dev.imfexporter.watch.fact.ServiceFact.StartFailed;
import dev.imfexporter.watch.fact.ServiceFact.StateObserved;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.fact.Transition.Mark;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Source;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the cells of tables of cases. A time is a number of seconds from {@link #ZERO}. */
final class OutageCases {
  static final Instant ZERO = Instant.parse("2026-11-22T03:00:00Z");
  static final String SERVICE = "SMTPSVC";

  private static final Pattern CELL =
      Pattern.compile("([A-Z_]+)@(-?[0-9.]+)(~[0-9.]*)?(?:/([EPN]+))?(?:!([A-Z_]+))?([\\[\\]])?");

  private OutageCases() {}

  static Instant time(String seconds) {
    return ZERO.plusMillis(new BigDecimal(seconds).movePointRight(3).longValueExact());
  }

  static String seconds(Instant time) {
    return BigDecimal.valueOf(Duration.between(ZERO, time).toMillis(), 3)
        .stripTrailingZeros()
        .toPlainString();
  }

  /**
   * An observation such as {@code STOPPED@10~5/P!TERMINATED}: of a poll at 10 s, the transition
   * happened up to 5 s earlier, and the process ended. {@code ~} alone is a margin that is not
   * known; without {@code ~} it is 0. The sources are E (event), P (poll) and N (notification, also
   * without a source).
   */
  static StateObserved observed(String cell) {
    Matcher of = match(cell);
    Source source = sources(of.group(4)).iterator().next();
    Instant at = time(of.group(2));
    return new StateObserved(
        SERVICE,
        ServiceState.valueOf(of.group(1)),
        source,
        at,
        margin(of.group(3)),
        source == Source.EVENT
            ? Optional.of(new LogRecord(at.getEpochSecond(), at))
            : Optional.empty(),
        Optional.ofNullable(of.group(5)).map(Ending::valueOf));
  }

  /**
   * A transition in the same language, perhaps of several sources; the first of them has dated it.
   * {@code [} and {@code ]} mark the begin and the end of a settled outage.
   */
  static Transition transition(String cell) {
    StateObserved seen = observed(cell);
    Matcher of = match(cell);
    Mark mark = of.group(6) == null ? Mark.NONE : of.group(6).equals("[") ? Mark.BEGIN : Mark.END;
    return new Transition(
        0,
        seen.state(),
        seen.at(),
        seen.earliest(),
        seen.latest(),
        sources(of.group(4)),
        seen.ending(),
        false,
        mark);
  }

  /** Transitions that are numbered from 1 on. */
  static List<Transition> transitions(@Nullable String cell) {
    List<Transition> transitions = new ArrayList<>();
    for (String word : words(cell)) {
      transitions.add(transition(word).numbered(transitions.size() + 1));
    }
    return transitions;
  }

  /** Controls and failed starts such as {@code stop@8 start@15~2 failed@16}. */
  static StartLog log(@Nullable String cell) {
    StartLog log = StartLog.EMPTY;
    int number = 0;
    for (String word : words(cell)) {
      String[] parts = word.split("[@~]", -1);
      Instant at = time(parts[1]);
      Duration margin = parts.length > 2 ? Duration.between(ZERO, time(parts[2])) : Duration.ZERO;
      LogRecord record = new LogRecord(++number, at);
      log =
          parts[0].equals("failed")
              ? log.with(new StartFailed(SERVICE, at, margin, record))
              : log.with(new ControlSent(SERVICE, parts[0].equals("start"), at, margin, record));
    }
    return log;
  }

  /** Boots such as {@code 12..90}: down at 12 s, up at 90 s. */
  static List<Boot> boots(@Nullable String cell) {
    List<Boot> boots = new ArrayList<>();
    for (String word : words(cell)) {
      String[] parts = word.split("\\.\\.", -1);
      boots.add(new Boot(time(parts[0]), time(parts[1]), true));
    }
    return boots;
  }

  /** A transition as {@code STOPPED@10 10..11 EN TERMINATED}, where the times are a range. */
  static String text(Transition transition) {
    String sources =
        new TreeSet<>(transition.sources())
            .stream().map(s -> s.name().substring(0, 1)).collect(Collectors.joining());
    return "%s@%s %s..%s %s%s"
        .formatted(
            transition.state(),
            seconds(transition.at()),
            transition.earliest().map(OutageCases::seconds).orElse(""),
            seconds(transition.latest()),
            sources,
            transition.ending().map(ending -> " " + ending).orElse(""));
  }

  private static Matcher match(String cell) {
    Matcher matcher = CELL.matcher(cell);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("No transition: " + cell);
    }
    return matcher;
  }

  private static Optional<Duration> margin(@Nullable String cell) {
    if (cell == null) {
      return Optional.of(Duration.ZERO);
    }
    return cell.length() == 1
        ? Optional.empty()
        : Optional.of(Duration.between(ZERO, time(cell.substring(1))));
  }

  private static Set<Source> sources(@Nullable String letters) {
    Set<Source> sources = new LinkedHashSet<>();
    for (char letter : (letters == null ? "N" : letters).toCharArray()) {
      sources.add(
          switch (letter) {
            case 'E' -> Source.EVENT;
            case 'P' -> Source.POLL;
            default -> Source.NOTIFICATION;
          });
    }
    return sources;
  }

  static List<String> words(@Nullable String cell) {
    return cell == null || cell.isBlank() ? List.of() : List.of(cell.strip().split(" +", -1));
  }
}
