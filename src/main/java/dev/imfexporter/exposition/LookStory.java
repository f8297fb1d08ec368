package dev.imfexporter.exposition;

import dev.imfexporter.collector.Timed;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.FailureRecord;
import dev.imfexporter.watch.model.HostSnapshot;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The story of one look at a host as plain text, which shows why a metric has its value: each
 * collector with its result, its duration and what it decoded, then the failures of before. Values
 * are records, and are written by their components, so that a new one needs nothing here.
 */
public final class LookStory {
  /** A recovery action's command may have a password among its arguments. */
  private static final Set<String> MASKED = Set.of("command", "password", "secret");

  private static final int DEEPEST = 12;
  private static final int MOST_ITEMS = 500;
  private static final int LONGEST = 500;

  private final StringBuilder text = new StringBuilder();

  private LookStory() {}

  /** The whole story, in lines. */
  public static String of(HostSnapshot host) {
    LookStory story = new LookStory();
    story.line(0, "%s by access %s".formatted(shown(host.name()), host.access().word()));
    host.collected().all().forEach(story::run);
    story.failures(host);
    return story.text.toString();
  }

  /** The lines of one value. */
  static String of(String name, Object value) {
    LookStory story = new LookStory();
    story.value(0, name, value);
    return story.text.toString();
  }

  private void run(Timed<?> run) {
    text.append('\n');
    line(0, "%s: %s".formatted(run.key().word(), run.result().word()));
    if (run.asked()) {
      line(1, "ended %s, took %s".formatted(run.at(), TimeWords.duration(run.took())));
    }
    run.result().reason().ifPresent(why -> line(1, "reason: " + shown(why)));
    run.value().ifPresent(value -> value(1, "read", value));
  }

  private void failures(HostSnapshot host) {
    text.append('\n');
    line(0, "failures since the exporter began to watch the host, the newest first");
    if (host.failures().recent().isEmpty()) {
      line(1, "none");
    }
    for (FailureRecord failure : host.failures().recent()) {
      line(
          1,
          "%s: %s, %d times, first %s, last %s: %s"
              .formatted(
                  failure.collector().word(),
                  failure.error().word(),
                  failure.times(),
                  failure.first(),
                  failure.last(),
                  shown(failure.why())));
    }
  }

  private void value(int depth, String name, @Nullable Object value) {
    if (depth > DEEPEST) {
      line(depth, name + ": (deeper values are left out)");
    } else if (MASKED.contains(name)) {
      line(depth, name + ": (not shown)");
    } else if (value instanceof Optional<?> optional) {
      value(depth, name, optional.isPresent() ? optional.get() : "none");
    } else if (value instanceof Record fields) {
      line(depth, name + ":");
      components(depth + 1, fields);
    } else if (value instanceof Map<?, ?> map) {
      line(depth, name + ": " + map.size());
      map.entrySet().stream()
          .limit(MOST_ITEMS)
          .forEach(
              entry -> value(depth + 1, shown(String.valueOf(entry.getKey())), entry.getValue()));
    } else if (value instanceof Collection<?> items) {
      line(depth, name + ": " + items.size());
      items.stream().limit(MOST_ITEMS).forEach(item -> value(depth + 1, "-", item));
    } else {
      line(depth, name + ": " + shown(String.valueOf(value)));
    }
  }

  private void components(int depth, Record fields) {
    for (RecordComponent component : fields.getClass().getRecordComponents()) {
      try {
        // A record may be visible to its own room alone.
        component.getAccessor().setAccessible(true);
        value(depth, component.getName(), component.getAccessor().invoke(fields));
      } catch (ReflectiveOperationException e) {
        line(depth, component.getName() + ": (cannot be read)");
      }
    }
  }

  private void line(int depth, String words) {
    text.append("  ".repeat(depth)).append(words).append('\n');
  }

  /** On one line, and not longer than a line is read. */
  private static String shown(String value) {
    String start = value.length() > LONGEST ? value.substring(0, LONGEST) + "..." : value;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
