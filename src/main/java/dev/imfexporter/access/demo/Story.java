package dev.imfexporter.access.demo;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.demo.Scene.Played;
import dev.imfexporter.access.demo.Scene.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The states of the demo host over time: its cycles repeat for ever. The same time always gives the
 * same scene. Immutable.
 */
final class Story {
  /** Microsoft sent updates of the filter on the first and the third Wednesday of a month. */
  static final Duration BETWEEN_UPDATES_BEFORE = Duration.ofDays(14);

  /** How long services have been running when the story begins. */
  static final Duration RUNNING_BEFORE = Duration.ofDays(14);

  /** Windows keeps the folders of three versions. */
  private static final int FOLDERS_KEPT = 3;

  private final List<Cycle> cycles;
  private final List<List<Mail>> mail;

  /** The length of all cycles together, in seconds. */
  private final int period;

  Story(List<Cycle> cycles) {
    this.cycles = List.copyOf(cycles);
    period = cycles.stream().mapToInt(Cycle::length).sum();
    mail = new ArrayList<>();
    for (int i = 0; i < cycles.size(); i++) {
      Cycle before = cycles.get(Math.floorMod(i - 1, cycles.size()));
      mail.add(cycles.get(i).mail(atItsEnd(before)));
    }
  }

  /** The scene at a time since the story began; for a negative time, the first one. */
  Scene at(Duration elapsed) {
    Place place = place(elapsed);
    long number = place.number();
    int second = place.second();
    int since = cycle(number).mailSince(second);
    boolean moves = cycle(number).smtpRuns(second);
    return new Scene(
        services(number, second),
        mail(place.index(), second, place.fraction()),
        time(number, since).plusMillis(moves ? (long) (place.fraction() * 1_000) : 0),
        updates(number, second, Cycle::folder, FOLDERS_KEPT),
        updates(number, second, Cycle::registry, 1).get(0));
  }

  /**
   * A moment of the story.
   *
   * @param number of the cycle, counted through all rounds
   * @param index of the cycle in its round
   * @param second within the cycle
   * @param fraction of the second, from 0 to below 1
   */
  record Place(long number, int index, int second, double fraction) {}

  /** The place of a time since the story began; for a negative time, the beginning. */
  Place place(Duration elapsed) {
    Duration time = elapsed.isNegative() ? Duration.ZERO : elapsed;
    long round = time.toSeconds() / period;
    int second = (int) (time.toSeconds() % period);
    int index = 0;
    while (second >= cycles.get(index).length()) {
      second -= cycles.get(index).length();
      index++;
    }
    return new Place(round * cycles.size() + index, index, second, time.toNanosPart() / 1e9);
  }

  List<Cycle> cycles() {
    return cycles;
  }

  /** Depends on no earlier cycle, since each begins with empty queues and restarts SMTPSVC. */
  static Mail atItsEnd(Cycle cycle) {
    return cycle.mail(Mail.NONE).get(cycle.length());
  }

  private Map<DemoService, Played> services(long number, int second) {
    Map<DemoService, Played> played = new EnumMap<>(DemoService.class);
    for (DemoService service : DemoService.values()) {
      Cycle.Change now = cycle(number).change(service, second);
      Duration startBegan = startBegan(service, number, second);
      StartMode mode = cycle(number).startMode(service, second);
      boolean recovers = cycle(number).recovers(service, second);
      played.put(service, new Played(now.state(), now.exitCode(), mode, recovers, startBegan));
    }
    return played;
  }

  private Duration startBegan(DemoService service, long number, int second) {
    int until = second;
    for (long n = number; n >= Math.max(0, number - cycles.size()); n--) {
      OptionalInt began = cycle(n).startBegan(service, until);
      if (began.isPresent()) {
        return time(n, began.getAsInt());
      }
      until = Integer.MAX_VALUE;
    }
    return RUNNING_BEFORE.negated();
  }

  private Mail mail(int index, int second, double fraction) {
    List<Mail> seconds = mail.get(index);
    Mail now = seconds.get(second);
    return cycles.get(index).smtpRuns(second)
        ? now.towards(seconds.get(second + 1), fraction)
        : now;
  }

  /** The newest traces of updates at a second, newest first. */
  private List<Update> updates(
      long number, int second, Function<Cycle, OptionalInt> trace, int most) {
    List<Update> updates = new ArrayList<>(most);
    // Without this limit, a trace that no cycle leaves would be searched for in all cycles before.
    long first = Math.max(0, number - (long) most * cycles.size());
    for (long n = number; n >= first && updates.size() < most; n--) {
      OptionalInt at = trace.apply(cycle(n));
      if (at.isPresent() && (n < number || at.getAsInt() <= second)) {
        updates.add(new Update(n, time(n, at.getAsInt())));
      }
    }
    for (int before = 1; updates.size() < most; before++) {
      updates.add(new Update(-before, BETWEEN_UPDATES_BEFORE.multipliedBy(-before)));
    }
    return updates;
  }

  private Cycle cycle(long number) {
    return cycles.get((int) (number % cycles.size()));
  }

  /** The time of a second of a cycle, since the story began. */
  Duration time(long number, int second) {
    long seconds = number / cycles.size() * period + second;
    for (int i = 0; i < number % cycles.size(); i++) {
      seconds += cycles.get(i).length();
    }
    return Duration.ofSeconds(seconds);
  }
}
