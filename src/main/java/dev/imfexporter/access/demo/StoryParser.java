package dev.imfexporter.access.demo;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.demo.Cycle.Change;
import dev.imfexporter.access.demo.Cycle.Rates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one story. */
final class StoryParser {
  private static final Pattern TIME = Pattern.compile("(\\d{1,3}):([0-5]\\d)");
  private static final Pattern RATE = Pattern.compile("\\d{1,4}(\\.\\d{1,3})?");
  private static final Pattern CODE = Pattern.compile("\\d{1,9}");

  private final String file;
  private final List<Cycle> cycles = new ArrayList<>();
  private int number;
  private int second;

  StoryParser(String file) {
    this.file = file;
  }

  List<Cycle> parse(List<String> lines) {
    @Nullable Cycle cycle = null;
    for (String line : lines) {
      number++;
      String text = line.replaceFirst("#.*", "").strip();
      if (text.isEmpty()) {
        continue;
      }
      String[] words = text.split("\\s+");
      if (words[0].equals("cycle")) {
        keep(cycle);
        cycle = begin(words);
      } else if (cycle == null) {
        throw wrong("want \"cycle <name> <length>\" before anything happens");
      } else {
        cycle = happens(cycle, words);
      }
    }
    keep(cycle);
    if (cycles.isEmpty()) {
      throw wrong("the story has no cycle");
    }
    return cycles;
  }

  private Cycle begin(String[] words) {
    if (words.length != 3) {
      throw wrong("want \"cycle <name> <length>\"");
    }
    int length = time(words[2]);
    if (length == 0) {
      throw wrong("a cycle must take longer than 0:00");
    }
    second = 0;
    return Cycle.named(words[1], number, length);
  }

  private Cycle happens(Cycle cycle, String[] words) {
    int when = time(words[0]);
    if (when < second) {
      throw wrong("%s is before the line above, at %s".formatted(words[0], clock(second)));
    }
    if (when >= cycle.length()) {
      throw wrong(
          "%s is not within cycle \"%s\", which takes %s"
              .formatted(words[0], cycle.name(), clock(cycle.length())));
    }
    second = when;
    switch (words.length > 1 ? words[1] : "") {
      case "mail" -> mail(cycle, words);
      case "service" -> service(cycle, words);
      case "folder" -> {
        appears(words, cycle.folder());
        return cycle.withFolder(when);
      }
      case "registry" -> {
        appears(words, cycle.registry());
        return cycle.withRegistry(when);
      }
      default -> throw wrong("want mail, service, folder or registry after the time");
    }
    return cycle;
  }

  private void mail(Cycle cycle, String[] words) {
    if (words.length != 7
        || !List.of("arriving", "leaving").contains(words[2])
        || !words[3].equals("local")
        || !words[5].equals("remote")) {
      throw wrong("want \"mail arriving local <n> remote <n>\" or the same with leaving");
    }
    NavigableMap<Integer, Rates> rates =
        words[2].equals("arriving") ? cycle.arriving() : cycle.leaving();
    rates.put(second, new Rates(rate(words[4]), rate(words[6])));
  }

  private void service(Cycle cycle, String[] words) {
    boolean withCode = words.length == 6 && words[4].equals("exit");
    boolean byHand = words.length == 6 && words[4].equals("by") && words[5].equals("hand");
    if (words.length != 4 && !withCode && !byHand) {
      throw wrong("want \"service <name> <state> [exit <code>] [by hand]\"");
    }
    DemoService service =
        DemoService.named(words[2])
            .orElseThrow(
                () ->
                    wrong(
                        "service \"%s\" is not in the demo, which has %s"
                            .formatted(words[2], services())));
    ServiceState state =
        Arrays.stream(ServiceState.values())
            .filter(s -> s.word().equals(words[3]))
            .findFirst()
            .orElseThrow(
                () -> wrong("\"%s\" is no state; states are %s".formatted(words[3], states())));
    long exitCode = 0;
    if (withCode) {
      if (state != ServiceState.STOPPED || !CODE.matcher(words[5]).matches()) {
        throw wrong("want \"stopped exit <code>\" with a Win32 error code such as 1067");
      }
      exitCode = Long.parseLong(words[5]);
    }
    Change change = new Change(state, exitCode, byHand);
    if (byHand && !change.isControl()) {
      throw wrong("only start_pending, stop_pending and the like come about by hand");
    }
    cycle.add(service, second, change);
  }

  private void appears(String[] words, OptionalInt earlier) {
    if (words.length != 3 || !words[2].equals("new")) {
      throw wrong("want \"%s new\"".formatted(words[1]));
    }
    if (earlier.isPresent()) {
      throw wrong(
          "%s new comes a second time in this cycle, first at %s"
              .formatted(words[1], clock(earlier.getAsInt())));
    }
  }

  /** Takes a cycle that has been read to its end, if it can follow and be followed by any other. */
  private void keep(@Nullable Cycle cycle) {
    if (cycle == null) {
      return;
    }
    if (!cycle.arriving().containsKey(0) || !cycle.leaving().containsKey(0)) {
      throw wrong(cycle, "does not say at 0:00 what mail is arriving and leaving");
    }
    for (DemoService service : DemoService.values()) {
      ServiceState last = cycle.change(service, cycle.length()).state();
      if (last != ServiceState.RUNNING) {
        throw wrong(
            cycle, "ends with %s %s, want running".formatted(service.shortName(), last.word()));
      }
    }
    if (cycle.startBegan(DemoService.SMTPSVC, cycle.length()).isEmpty()) {
      throw wrong(cycle, "never restarts SMTPSVC through start_pending");
    }
    double queued = Story.atItsEnd(cycle).queued();
    if (queued > 0) {
      throw wrong(
          cycle, "ends with %d messages queued, want none".formatted((long) Math.ceil(queued)));
    }
    cycles.add(cycle);
  }

  private int time(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw wrong("\"%s\" is no time such as 2:05".formatted(text));
    }
    return 60 * Integer.parseInt(time.group(1)) + Integer.parseInt(time.group(2));
  }

  private double rate(String text) {
    if (!RATE.matcher(text).matches()) {
      throw wrong("\"%s\" is no number of messages per second such as 2.5".formatted(text));
    }
    return Double.parseDouble(text);
  }

  private static String clock(int seconds) {
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  private static String services() {
    return Arrays.stream(DemoService.values())
        .map(DemoService::shortName)
        .collect(Collectors.joining(", "));
  }

  private static String states() {
    return Arrays.stream(ServiceState.values())
        .map(ServiceState::word)
        .collect(Collectors.joining(", "));
  }

  private StoryException wrong(String what) {
    return new StoryException(file, number, what);
  }

  private StoryException wrong(Cycle cycle, String what) {
    return new StoryException(file, cycle.line(), "cycle \"" + cycle.name() + "\" " + what);
  }
}
