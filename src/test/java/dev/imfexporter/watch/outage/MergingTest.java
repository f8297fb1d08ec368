package dev.imfexporter.watch.outage;

import static dev.imfexporter.watch.outage.OutageCases.observed;
import static dev.imfexporter.watch.outage.OutageCases.transition;
import static dev.imfexporter.watch.outage.OutageCases.transitions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.fact.ServiceFact.Ending;
import dev.imfexporter.watch.fact.ServiceFact.StateObserved;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.fact.Transition.Mark;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.outage.Merging.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules by tables of cases, and by properties; {@link OutageCases} explains the cells. */
class MergingTest {

  @ParameterizedTest
  @CsvSource({
    "STOPPED@10, RUNNING@10, false",
    "STOPPED@10, STOPPED@10, true",
    // Two exact times are the same transition within two seconds.
    "STOPPED@10, STOPPED@12, true",
    "STOPPED@10, STOPPED@12.001, false",
    "STOPPED@10, STOPPED@8, true",
    "STOPPED@10, STOPPED@7.999, false",
    // A poll knows a range, an event a second.
    "STOPPED@20~15/P, STOPPED@4/E, true",
    "STOPPED@20~15/P, STOPPED@2/E, true",
    "STOPPED@20~15/P, STOPPED@1.999/E, false",
    "STOPPED@20~15/P, STOPPED@22/E, true",
    "STOPPED@20~15/P, STOPPED@22.001/E, false",
    // The error of the host's clock widens the second of an event.
    "STOPPED@20~15/P, STOPPED@1~1/E, true",
    // A first poll bounds nothing.
    "STOPPED@20~/P, STOPPED@-9000/E, true",
    // A notification does not come after a poll that saw the state.
    "STOPPED@20~15/P, STOPPED@20/N, true",
    "STOPPED@20~15/P, STOPPED@20.001/N, false",
    "STOPPED@20/N, STOPPED@20.5~15/P, true"
  })
  void observationReportsAKnownTransition(String known, String seen, boolean same) {
    assertThat(Merging.isSame(transition(known), transition(seen))).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    // The narrower range wins, and both narrow it.
    "STOPPED@20~15/P, STOPPED@10/E, STOPPED@10 10..11 EP",
    "STOPPED@10/E, STOPPED@20~15/P, STOPPED@10 10..11 EP",
    "STOPPED@10/E, STOPPED@10.4/N, STOPPED@10.4 10.4..10.4 EN",
    "STOPPED@10.4/N, STOPPED@10/E, STOPPED@10.4 10.4..10.4 EN",
    "STOPPED@20~15/P, STOPPED@10~8/E, STOPPED@19 5..19 EP",
    "STOPPED@20~15/P, STOPPED@10~6/E, STOPPED@10 5..17 EP",
    // The time of the winner is moved into the range.
    "STOPPED@20~9/P, STOPPED@10~4/E, STOPPED@11 11..15 EP",
    // Of two notifications the first gives the time.
    "STOPPED@10/N, STOPPED@11/N, STOPPED@10 10..10 N",
    // Of two that are as precise the later gives the time.
    "STOPPED@10/E, STOPPED@10.5/E, STOPPED@10.5 10.5..11 E",
    // Ranges that do not overlap: the more precise one is kept.
    "STOPPED@20~5/P, STOPPED@13/E, STOPPED@13 13..14 EP",
    // A first poll did not observe the transition.
    "STOPPED@20~/P, STOPPED@-9000/E, STOPPED@-9000 -9000..-8999 E",
    "STOPPED@-9000/E, STOPPED@20~/P, STOPPED@-9000 -9000..-8999 E",
    "STOPPED@20~/P, STOPPED@21~/N, STOPPED@20 ..20 NP",
    // The more specific ending is kept.
    "STOPPED@10/E!ERROR, STOPPED@10/E!TERMINATED, STOPPED@10 10..11 E TERMINATED",
    "STOPPED@10/E!TERMINATED_RECOVERING, STOPPED@10/E!TERMINATED, STOPPED@10 10..11 E"
        + " TERMINATED_RECOVERING",
    "STOPPED@10/E, STOPPED@10/E!ERROR, STOPPED@10 10..11 E ERROR"
  })
  void evidenceOfOneTransitionIsCombined(String known, String seen, String combined) {
    assertThat(OutageCases.text(Merging.merge(transition(known), transition(seen))))
        .isEqualTo(combined);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // known, state before: observation = result
        "-, -, STOPPED@10/E, STOPPED@10",
        "-, STOPPED, STOPPED@10/E, -",
        "STOPPED@10/E, RUNNING, RUNNING@5/E, STOPPED@10 RUNNING@10",
        "STOPPED@10, RUNNING, STOPPED@11/E, STOPPED@10",
        // A poll reports the present state.
        "STOPPED@10/E, RUNNING, STOPPED@20~9/P, STOPPED@10",
        "STOPPED@10/E, RUNNING, RUNNING@20~9/P, STOPPED@10 RUNNING@20",
        "STOPPED@10/N RUNNING@15/N, RUNNING, STOPPED@14~9/P, STOPPED@10 RUNNING@15 STOPPED@15",
        // An event of an outage between two polls is inserted.
        "STOPPED@20~15/P, RUNNING, RUNNING@7/E, STOPPED@20",
        "STOPPED@7/E RUNNING@20~15/P, RUNNING, RUNNING@8/E, STOPPED@7 RUNNING@8",
        // A source reports in order: the second stop is not the first.
        "STOPPED@10/E RUNNING@10/E, RUNNING, STOPPED@10/E, STOPPED@10 RUNNING@10 STOPPED@10",
        // STOPPED comes behind the STOP_PENDING of its second.
        "STOP_PENDING@10.5, RUNNING, STOPPED@10/E, STOP_PENDING@10.5 STOPPED@10.5",
        "STOP_PENDING@11.5, RUNNING, STOPPED@10/E, STOPPED@10 STOP_PENDING@11.5",
        // The notification of a start comes after the event of its end.
        "STOPPED@5/N RUNNING@10/E, RUNNING, START_PENDING@10.2/N, STOPPED@5 START_PENDING@10"
            + " RUNNING@10",
        "STOPPED@5/N RUNNING@10/EN, RUNNING, START_PENDING@10.2/N, STOPPED@5 RUNNING@10"
            + " START_PENDING@10.2",
        // Two events of one stop.
        "STOPPED@10/E, RUNNING, STOPPED@10/E!TERMINATED, STOPPED@10 !TERMINATED",
        "STOPPED@10/E!TERMINATED, RUNNING, STOPPED@10/E, -",
        // Notifications saw another restart within two seconds: the nearer stop is meant.
        "STOPPED@10.9/NE!TERMINATED RUNNING@11.4/N STOPPED@11.8/N RUNNING@12.2/N, RUNNING,"
            + " STOPPED@10/E, -",
        "STOPPED@10.9/NE RUNNING@11.4/N STOPPED@11.8/N RUNNING@12.2/N, RUNNING,"
            + " STOPPED@10/E!TERMINATED, STOPPED@10.9 !TERMINATED RUNNING@11.4 STOPPED@11.8"
            + " RUNNING@12.2",
        "STOPPED@10.9/NE RUNNING@11.4/N STOPPED@12.2/N RUNNING@12.6/N, RUNNING,"
            + " STOPPED@12/E!TERMINATED, STOPPED@10.9 RUNNING@11.4 STOPPED@12.2 !TERMINATED"
            + " RUNNING@12.6",
        // After a start that failed it is the second stop.
        "STOPPED@10.2/NE START_PENDING@10.4/N STOPPED@10.8/N, RUNNING, STOPPED@10/E!ERROR,"
            + " STOPPED@10.2 START_PENDING@10.4 STOPPED@10.8 !ERROR"
      })
  void observationChangesTheTransitions(
      @Nullable String known, @Nullable ServiceState before, String seen, @Nullable String result) {
    List<Transition> transitions = transitions(known);
    Optional<Change> change = Merging.add(transitions, before, observed(seen));

    if (change.isEmpty() && result != null) {
      assertThat(result).isEqualTo(text(transitions));
    } else {
      assertThat(change.map(c -> text(apply(transitions, c))).orElse(null)).isEqualTo(result);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, RUNNING, STOPPED@60",
        "-, STOPPED, -",
        "-, -, -",
        "STOPPED@50/E, RUNNING, -",
        "STOP_PENDING@50, RUNNING, STOP_PENDING@50 STOPPED@60",
        // Found by a poll after the boot.
        "STOPPED@90~45/P, RUNNING, STOPPED@60",
        "STOP_PENDING@50 STOPPED@60.5, RUNNING, STOP_PENDING@50 STOPPED@60.5"
      })
  void shutdownOfTheHostStopsAService(
      @Nullable String known, @Nullable ServiceState before, @Nullable String result) {
    List<Transition> transitions = transitions(known);
    Boot boot = new Boot(OutageCases.time("60"), OutageCases.time("80"), true);

    assertThat(
            Merging.addShutdown(transitions, before, boot)
                .map(change -> text(apply(transitions, change)))
                .orElse(null))
        .isEqualTo(result);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void mergingIsIdempotent(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      Transition one = random(random);
      Transition other = random(random);

      assertThat(Merging.merge(one, one)).isEqualTo(one);
      if (Merging.isSame(one, other)) {
        Transition merged = Merging.merge(one, other);
        assertThat(Merging.isSame(merged, merged)).isTrue();
        assertThat(Merging.merge(merged, other)).isEqualTo(merged);
      }
    }
  }

  /** The order decides only about the time of two that are equally precise. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void mergingIsCommutativeButForTheTimeOfEquallyPreciseEvidence(long seed) {
    Random random = new Random(seed);
    int compared = 0;
    for (int i = 0; i < 5000; i++) {
      Transition one = random(random);
      Transition other = random(random);
      if (Merging.isSame(one, other) && Merging.isSame(other, one)) {
        Transition forth = Merging.merge(one, other);
        Transition back = Merging.merge(other, one);
        if (!width(one).equals(width(other))) {
          assertThat(back).isEqualTo(forth);
          compared++;
        } else if (overlap(one, other)) {
          assertThat(back.at(forth.at())).isEqualTo(forth);
        }
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  /** Only a notification that comes after the poll of its state is another transition. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void beingTheSameIsSymmetricButForANotificationAfterAPoll(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5000; i++) {
      Transition one = random(random);
      Transition other = random(random);
      Set<Source> sources = EnumSet.copyOf(one.sources());
      sources.addAll(other.sources());
      if (!sources.equals(EnumSet.of(Source.POLL, Source.NOTIFICATION))) {
        assertThat(Merging.isSame(one, other)).isEqualTo(Merging.isSame(other, one));
      }
    }
  }

  /** An event and a notification of each transition, which may arrive in either order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void timelineDoesNotDependOnTheSourceThatReportsFirst(long seed) {
    Random random = new Random(seed);
    List<StateObserved> events = new ArrayList<>();
    List<StateObserved> notifications = new ArrayList<>();
    double at = 10;
    for (int i = 0; i < 40; i++) {
      String state = i % 2 == 0 ? "STOPPED" : "RUNNING";
      at += 4 + random.nextInt(200) / 10.0;
      events.add(observed("%s@%d/E".formatted(state, (long) at)));
      notifications.add(observed("%s@%.1f/N".formatted(state, at)));
    }
    Timeline eventsFirst = timeline(events, notifications);
    Timeline notificationsFirst = timeline(notifications, events);
    Timeline interleaved = new Timeline(0);
    for (int i = 0; i < events.size(); i++) {
      boolean eventFirst = random.nextBoolean();
      interleaved.add(eventFirst ? events.get(i) : notifications.get(i));
      interleaved.add(eventFirst ? notifications.get(i) : events.get(i));
    }

    assertThat(eventsFirst.transitions()).hasSize(40);
    assertThat(notificationsFirst.transitions()).isEqualTo(eventsFirst.transitions());
    assertThat(interleaved.transitions()).isEqualTo(eventsFirst.transitions());
  }

  private static Timeline timeline(List<StateObserved> first, List<StateObserved> second) {
    Timeline timeline = new Timeline(0);
    first.forEach(timeline::add);
    second.forEach(timeline::add);
    return timeline;
  }

  private static Transition random(Random random) {
    Source source = List.of(Source.values()).get(random.nextInt(3));
    long at = random.nextInt(200) * 100L;
    Optional<Instant> earliest = Optional.of(OutageCases.ZERO.plusMillis(at));
    Instant latest = OutageCases.ZERO.plusMillis(at);
    switch (source) {
      case EVENT -> {
        Duration error = Duration.ofMillis(random.nextInt(3) * 300L);
        earliest = Optional.of(latest.minus(error));
        latest = latest.plusSeconds(1).plus(error);
      }
      case POLL ->
          earliest =
              random.nextInt(8) == 0
                  ? Optional.empty()
                  : Optional.of(latest.minusMillis(random.nextInt(100) * 100L));
      case NOTIFICATION -> {}
    }
    return new Transition(
        0,
        ServiceState.STOPPED,
        OutageCases.ZERO.plusMillis(at),
        earliest,
        latest,
        Set.of(source),
        random.nextInt(3) == 0
            ? Optional.of(List.of(Ending.values()).get(random.nextInt(3)))
            : Optional.empty(),
        false,
        Mark.NONE);
  }

  private static boolean overlap(Transition one, Transition other) {
    return one.earliest().filter(at -> at.isAfter(other.latest())).isEmpty()
        && other.earliest().filter(at -> at.isAfter(one.latest())).isEmpty();
  }

  private static Optional<Duration> width(Transition transition) {
    return transition.earliest().map(from -> Duration.between(from, transition.latest()));
  }

  private static List<Transition> apply(List<Transition> known, Change change) {
    List<Transition> changed = new ArrayList<>(known);
    if (change.inserted()) {
      changed.add(change.index(), change.transition());
    } else {
      changed.set(change.index(), change.transition());
    }
    return changed;
  }

  private static String text(List<Transition> transitions) {
    return transitions.stream()
        .map(
            of ->
                of.state()
                    + "@"
                    + OutageCases.seconds(of.at())
                    + of.ending().map(ending -> " !" + ending).orElse(""))
        .collect(Collectors.joining(" "));
  }
}
