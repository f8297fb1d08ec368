package dev.imfexporter.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the keys of one mapping as typed values. Whatever is wrong is added to the problems and
 * read as if it was not there. The keys asked for are the known ones.
 */
final class Fields {
  private final Node.Mapping mapping;
  private final int line;
  private final String path;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  /** A text of a list. */
  record Item(String path, int line, String value) {}

  private Fields(Node.Mapping mapping, int line, String path, Problems problems) {
    this.mapping = mapping;
    this.line = line;
    this.path = path;
    this.problems = problems;
  }

  /** The fields of a document; none, and a problem, if it is not a mapping. */
  static Fields of(Node document, Problems problems) {
    return of(document, document.line(), "", problems);
  }

  private static Fields of(Node node, int line, String path, Problems problems) {
    if (node instanceof Node.Mapping mapping) {
      return new Fields(mapping, line, path, problems);
    }
    if (!(node instanceof Node.Empty) && !(node instanceof Node.Broken)) {
      problems.add(node.line(), path, "want keys with values, not " + node.describe());
    }
    return new Fields(new Node.Mapping(line, Map.of()), line, path, problems);
  }

  /** The path of a key in a mapping. */
  static String below(String path, String key) {
    return path.isEmpty() ? Node.shown(key) : path + "." + Node.shown(key);
  }

  /** The mapping that is the key's value; an empty one if there is none. */
  Fields fields(String key) {
    Node.Entry entry = entry(key).orElse(new Node.Entry(line, new Node.Empty(line)));
    return of(entry.value(), entry.line(), below(path, key), problems);
  }

  /** The keys that are there, for a mapping whose keys are names. */
  Set<String> names() {
    return mapping.entries().keySet();
  }

  boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  /** Whether the key is not there, or has no value, or only an empty mapping. */
  boolean holdsNothing(String key) {
    Node.Entry entry = mapping.entries().get(key);
    return entry == null
        || entry.value() instanceof Node.Empty
        || (entry.value() instanceof Node.Mapping inner && inner.entries().isEmpty());
  }

  /** Adds a problem with the key, at its line if it is there, or else where it should be. */
  void problem(String key, String sentence) {
    Node.Entry entry = mapping.entries().get(key);
    problems.add(entry == null ? line : entry.line(), below(path, key), sentence);
  }

  boolean flag(String key, boolean byDefault) {
    Optional<Node> value = value(key);
    if (value.isEmpty()) {
      return byDefault;
    }
    if (value.get() instanceof Node.Flag flag) {
      return flag.value();
    }
    wanted(key, "true or false", value.get());
    return byDefault;
  }

  /** A duration of that range, the ends included. */
  Duration duration(String key, Duration byDefault, Duration least, Duration most) {
    Optional<Node> value = value(key);
    if (value.isEmpty()) {
      return byDefault;
    }
    if (value.get() instanceof Node.Text text) {
      Optional<Duration> duration =
          DurationText.parse(text.value())
              .filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0);
      if (duration.isPresent()) {
        return duration.get();
      }
    }
    String want =
        "a duration from %s to %s with its unit, such as 1m30s"
            .formatted(DurationText.format(least), DurationText.format(most));
    wanted(key, want, value.get());
    return byDefault;
  }

  /** A text; empty when it is not there. */
  Optional<String> text(String key, String want) {
    Optional<Node> value = value(key);
    if (value.isPresent() && value.get() instanceof Node.Text text) {
      return Optional.of(text.value());
    }
    value.ifPresent(node -> wanted(key, want, node));
    return Optional.empty();
  }

  /** A list of texts; empty when it is not there. Items that are no texts are left out. */
  Optional<List<Item>> texts(String key, String want) {
    Optional<Node> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof Node.Sequence sequence) || sequence.items().isEmpty()) {
      wanted(key, want, value.get());
      return Optional.empty();
    }
    List<Item> texts = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      Node item = sequence.items().get(i);
      String itemPath = below(path, key) + "[" + i + "]";
      if (item instanceof Node.Text text) {
        texts.add(new Item(itemPath, text.line(), text.value()));
      } else if (!(item instanceof Node.Broken)) {
        problems.add(
            item.line(), itemPath, "want a text, in quotes if need be, not " + item.describe());
      }
    }
    return Optional.of(texts);
  }

  /** Complains about every key that nobody asked for. */
  void rejectOthers() {
    for (String key : names()) {
      if (!known.contains(key)) {
        problem(
            key,
            Nearest.of(key, known)
                .map(near -> "unknown key, did you mean " + near + "?")
                .orElse("unknown key, want one of " + String.join(", ", known)));
      }
    }
  }

  private void wanted(String key, String want, Node found) {
    problems.add(found.line(), below(path, key), "want " + want + ", not " + found.describe());
  }

  private Optional<Node> value(String key) {
    return entry(key).map(Node.Entry::value).filter(node -> !(node instanceof Node.Broken));
  }

  private Optional<Node.Entry> entry(String key) {
    known.add(key);
    return Optional.ofNullable(mapping.entries().get(key));
  }
}
