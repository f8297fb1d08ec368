package dev.imfexporter.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the keys of one mapping as typed values. Whatever is wrong is added to the problems and
 * read as if it was not there. The keys asked for are the known ones.
 */
final class Fields {
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");

  private final Node.Mapping mapping;
  private final int line;
  private final String path;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * What a list may hold.
   *
   * @param order which items are the same
   * @param items what they are, in the plural
   * @param item what each has to be, for a sentence
   */
  record ListOf(
      int least,
      int most,
      Comparator<String> order,
      String items,
      String item,
      Predicate<String> format) {}

  /** A text of a list. */
  private record Item(String path, int line, String value) {}

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

  /** A whole number of that range, the ends included. */
  int number(String key, int byDefault, int least, int most) {
    Optional<Node> value = value(key);
    if (value.isEmpty()) {
      return byDefault;
    }
    if (value.get() instanceof Node.Numeric number
        && WHOLE.matcher(number.value()).matches()
        && Integer.parseInt(number.value()) >= least
        && Integer.parseInt(number.value()) <= most) {
      return Integer.parseInt(number.value());
    }
    wanted(key, "a whole number from %d to %d".formatted(least, most), value.get());
    return byDefault;
  }

  /** A text of that format; empty when it is not there or is another. */
  Optional<String> text(String key, String want, Pattern format) {
    Optional<String> text = text(key, want);
    if (text.isPresent() && !format.matcher(text.get()).matches()) {
      problem(key, "want " + want + ", not \"" + Node.shown(text.get()) + "\"");
      return Optional.empty();
    }
    return text;
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

  /**
   * A list of different texts of that format; empty when it is not there. Items that are no texts
   * are left out.
   */
  Optional<List<String>> texts(String key, ListOf of) {
    Optional<List<Item>> items = items(key, of);
    if (items.isEmpty()) {
      return Optional.empty();
    }
    Set<String> texts = new TreeSet<>(of.order());
    for (Item item : items.get()) {
      if (!of.format().test(item.value())) {
        String shown = Node.shown(item.value());
        problems.add(item.line(), item.path(), "want " + of.item() + ", not \"" + shown + "\"");
      } else if (!texts.add(item.value())) {
        problems.add(
            item.line(), item.path(), Node.shown(item.value()) + " is in the list already");
      }
    }
    return Optional.of(items.get().stream().map(Item::value).toList());
  }

  private Optional<List<Item>> items(String key, ListOf of) {
    String want = "a list of %d to %d %s".formatted(of.least(), of.most(), of.items());
    Optional<Node> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof Node.Sequence sequence) || sequence.items().size() < of.least()) {
      wanted(key, want, value.get());
      return Optional.empty();
    }
    if (sequence.items().size() > of.most()) {
      problem(key, "want " + want + ", not " + sequence.items().size());
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
