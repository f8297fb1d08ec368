package dev.imfexporter.access.demo;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.Win32Error;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * The system log of a host that plays a story. It never drops a record, and the numbers of records
 * depend on the story alone.
 */
final class StoryLog {
  /** When the host started, from the beginning of the story. */
  static final Duration BOOT = Duration.ofDays(-21);

  /** When the updates were ready that the host has yet to install. */
  private static final Duration READY = Duration.ofHours(-6);

  /**
   * A record.
   *
   * @param at when it was written, since the story began; negative if before
   */
  record Written(Duration at, DemoEvent event) {}

  private final Story story;
  private final List<Written> past;
  private final List<List<Written>> cycles;
  private final int perRound;

  StoryLog(Story story) {
    this.story = story;
    past = past();
    cycles = story.cycles().stream().map(StoryLog::written).toList();
    perRound = cycles.stream().mapToInt(List::size).sum();
  }

  /** The number of the newest record at that time since the story began. */
  long newest(Duration elapsed) {
    Story.Place place = story.place(elapsed);
    long number = past.size() + place.number() / cycles.size() * perRound;
    for (int i = 0; i < place.index(); i++) {
      number += cycles.get(i).size();
    }
    Duration within = Duration.ofSeconds(place.second());
    return number
        + cycles.get(place.index()).stream()
            .filter(written -> written.at().compareTo(within) <= 0)
            .count();
  }

  /** The record of a number from 1. */
  Written record(long number) {
    if (number <= past.size()) {
      return past.get((int) number - 1);
    }
    long sinceBegin = number - past.size() - 1;
    int rest = (int) (sinceBegin % perRound);
    int index = 0;
    while (rest >= cycles.get(index).size()) {
      rest -= cycles.get(index).size();
      index++;
    }
    Written written = cycles.get(index).get(rest);
    Duration begins = story.time(sinceBegin / perRound * cycles.size() + index, 0);
    return new Written(begins.plus(written.at()), written.event());
  }

  /** The records from before the story: the host booted, and a week later installed an update. */
  private static List<Written> past() {
    List<Written> past = new ArrayList<>();
    past.add(new Written(BOOT.minusMinutes(3), DemoEvent.logStopped()));
    past.add(new Written(BOOT, DemoEvent.booted()));
    past.add(new Written(BOOT, DemoEvent.logStarted()));
    Duration restart = Story.RUNNING_BEFORE.negated();
    for (DemoService service : DemoService.values()) {
      past.add(new Written(restart.minusSeconds(10), DemoEvent.entered(service, "stopped")));
    }
    for (DemoService service : DemoService.values()) {
      past.add(new Written(restart, DemoEvent.entered(service, "running")));
    }
    past.add(new Written(Story.BETWEEN_UPDATES_BEFORE.negated(), DemoEvent.installed()));
    past.add(new Written(READY, DemoEvent.ready()));
    return List.copyOf(past);
  }

  /** The records of a cycle; within a second states come before controls, which may follow them. */
  private static List<Written> written(Cycle cycle) {
    List<Written> all = new ArrayList<>();
    for (boolean controls : List.of(false, true)) {
      cycle
          .services()
          .forEach(
              (service, changes) ->
                  changes.forEach(
                      (second, change) -> {
                        if (change.isControl() == controls) {
                          all.add(new Written(Duration.ofSeconds(second), event(service, change)));
                        }
                      }));
    }
    cycle.startModes().forEach((service, modes) -> all.addAll(written(service, modes)));
    cycle
        .registry()
        .ifPresent(at -> all.add(new Written(Duration.ofSeconds(at), DemoEvent.installed())));
    cycle
        .refusals()
        .forEach(
            second -> all.add(new Written(Duration.ofSeconds(second), DemoEvent.loginRefused())));
    all.sort(Comparator.comparing(Written::at));
    return List.copyOf(all);
  }

  private static List<Written> written(
      DemoService service, NavigableMap<Integer, StartMode> modes) {
    List<Written> all = new ArrayList<>();
    modes.forEach(
        (second, mode) -> {
          Map.Entry<Integer, StartMode> before = modes.lowerEntry(second);
          StartMode from = before == null ? StartMode.AUTO : before.getValue();
          all.add(
              new Written(Duration.ofSeconds(second), DemoEvent.startMode(service, from, mode)));
        });
    return all;
  }

  private static DemoEvent event(DemoService service, Cycle.Change change) {
    String user = change.byHand() ? DemoEvent.ADMINISTRATOR : DemoEvent.SYSTEM;
    return switch (change.state()) {
      case START_PENDING -> DemoEvent.control(service, "start", user);
      case STOP_PENDING -> DemoEvent.control(service, "stop", user);
      case PAUSE_PENDING -> DemoEvent.control(service, "pause", user);
      case CONTINUE_PENDING -> DemoEvent.control(service, "continue", user);
      case RUNNING, PAUSED -> DemoEvent.entered(service, change.state().word());
      case STOPPED ->
          change.exitCode() == Win32Error.PROCESS_ABORTED
              ? DemoEvent.terminated(service)
              : DemoEvent.entered(service, "stopped");
    };
  }
}
