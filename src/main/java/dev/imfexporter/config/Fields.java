package dev.imfexporter.config;

import static dev.imfexporter.config.YamlDocument.isUnreadable;
import static dev.imfexporter.config.YamlDocument.line;
import static dev.imfexporter.config.YamlDocument.scalar;
import static dev.imfexporter.config.YamlDocument.shown;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The keys of one mapping, read as typed values. A value that is wrong is added to the problems and
 * treated as absent. Every key that was asked for is a known one for {@link #rejectOthers}.
 */
final class Fields {
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static final Map<String, Object> FLAG = Map.of("type", "boolean");

  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final boolean readable;
  private final int line;
  private final String path;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();
  private final @Nullable Shape shape;

  /** The fields of a document. */
  Fields(Node document, Problems problems) {
    this(document, line(document), "", problems, null);
  }

  /**
   * Reads a mapping; anything else is a problem.
   *
   * @param node null for an absent mapping, which has no fields
   * @param line of the mapping's key
   */
  private Fields(
      @Nullable Node node, int line, String path, Problems problems, @Nullable Shape shape) {
    this.shape = shape;
    this.line = line;
    this.path = path;
    this.problems = problems;
    this.readable = node == null || List.of(Tag.MAP, Tag.NULL).contains(node.getTag());
    if (node instanceof ScalarNode && !readable && !isUnreadable(node)) {
      // It might be a password, so the error does not repeat it.
      problems.add(line(node), path, "expected a mapping, found a single value");
    } else if (node != null && !readable) {
      problems.expected("a mapping", path, node, List.of());
    } else if (node instanceof MappingNode mapping) {
      mapping
          .getValue()
          .forEach(entry -> entries.put(YamlDocument.characters(entry.getKeyNode()), entry));
    }
  }

  /** An absent mapping, which notes what is asked of it. */
  static Fields recording(Shape shape) {
    return new Fields(null, 0, "", new Problems(""), shape);
  }

  /** The path of a key in a mapping. */
  static String below(String path, String key) {
    return path.isEmpty() ? shown(key) : path + "." + shown(key);
  }

  /** Whether this was a mapping, empty, or absent. */
  boolean readable() {
    return readable;
  }

  /** The fields of the mapping below a key; none if it is absent. */
  Fields fields(String key) {
    Optional<NodeTuple> entry = entry(key);
    return new Fields(
        entry.map(NodeTuple::getValueNode).orElse(null),
        lineOf(key),
        below(path, key),
        problems,
        shape == null ? null : shape.mapping(key));
  }

  /** All keys, for a mapping from names of the user; adds a problem for each in another format. */
  Set<String> names(String want, Pattern format) {
    if (shape != null) {
      shape.names(want);
      return Set.of(Shape.ANY_NAME);
    }
    for (String name : entries.keySet()) {
      if (!format.matcher(name).matches()) {
        problem(name, "expected " + want);
      }
    }
    return entries.keySet();
  }

  boolean has(String key) {
    return entries.containsKey(key) || (shape != null && shape.answer(key) != null);
  }

  /** Adds a problem at the line of the key, or of the mapping if it does not have the key. */
  void problem(String key, String sentence) {
    problems.add(lineOf(key), below(path, key), sentence);
  }

  /** The line of the key, for an error of another file. */
  String place(String key) {
    return problems.place(lineOf(key));
  }

  /** Adds a warning at the line of the key. */
  void warn(String key, String sentence) {
    problems.warn(lineOf(key), below(path, key), sentence);
  }

  /** Adds a problem with a key whose value is not read. */
  void reject(String key, String sentence) {
    known.add(key);
    problem(key, sentence);
  }

  Optional<Boolean> flag(String key) {
    return value(key, "true or false", FLAG, node -> scalar(node, Tag.BOOL).map(Boolean::valueOf));
  }

  /** A duration of that range, the ends included. */
  Optional<Duration> duration(String key, Duration least, Duration most) {
    return value(
        key,
        "a duration from %s to %s with its unit, such as 1m30s"
            .formatted(DurationText.format(least), DurationText.format(most)),
        Map.of("type", "string", "pattern", DurationText.PATTERN),
        node ->
            scalar(node, Tag.STR)
                .flatMap(DurationText::parse)
                .filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0));
  }

  /** A whole number of that range, the ends included. */
  Optional<Integer> number(String key, int least, int most) {
    return value(
        key,
        "a whole number from %d to %d".formatted(least, most),
        Map.of("type", "integer", "minimum", least, "maximum", most),
        node ->
            scalar(node, Tag.FLOAT)
                .filter(WHOLE.asMatchPredicate())
                .map(Integer::valueOf)
                .filter(n -> n >= least && n <= most));
  }

  Optional<String> text(String key, String want) {
    return value(key, want, TEXT, node -> scalar(node, Tag.STR));
  }

  /** A text of that format. */
  Optional<String> text(String key, String want, Pattern format) {
    return value(key, want, TEXT, node -> scalar(node, Tag.STR).filter(format.asMatchPredicate()));
  }

  /**
   * The name of a file.
   *
   * @param folder to which it is relative, as a file in it
   */
  Optional<Path> file(String key, Path folder) {
    String want = "the name of a file";
    return value(
        key, want, TEXT, node -> scalar(node, Tag.STR).flatMap(name -> beside(folder, name)));
  }

  private static Optional<Path> beside(Path folder, String name) {
    try {
      return name.isBlank() ? Optional.empty() : Optional.of(folder.resolveSibling(name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** A text that may be written as a number, such as 0 as the value of a header. */
  Optional<String> textOrNumber(String key, String want, Predicate<String> format) {
    return value(
        key,
        want,
        Map.of("type", List.of("string", "number")),
        node -> scalar(node, Tag.STR).or(() -> scalar(node, Tag.FLOAT)).filter(format));
  }

  /** A text that no error repeats. */
  Optional<String> secret(String key, String want, Predicate<String> format) {
    note(key, want, TEXT);
    Optional<String> secret =
        entry(key).flatMap(e -> scalar(e.getValueNode(), Tag.STR)).filter(format);
    if (has(key) && secret.isEmpty()) {
      problem(key, "expected " + want);
    }
    return secret;
  }

  /** Adds a problem if the key is absent. */
  void require(String key, String want) {
    if (shape != null) {
      shape.require(key);
    }
    if (!has(key)) {
      problem(key, "is missing, expected " + want);
    }
  }

  /** One of these words. */
  Optional<String> oneOf(String key, String want, Collection<String> words) {
    note(key, want, Map.of("enum", words));
    Optional<String> answer = Optional.ofNullable(shape == null ? null : shape.answer(key));
    return answer.or(() -> nameOf(key, want, words));
  }

  /** One of these names of the user. */
  Optional<String> nameOf(String key, String want, Collection<String> names) {
    note(key, want, TEXT);
    return value(key, want, node -> scalar(node, Tag.STR).filter(names::contains), names);
  }

  /** A list of different texts; items that are no texts of that format are left out. */
  Optional<List<String>> texts(String key, ListOf of) {
    return value(key, of.want(), of.schema(), of::nodes)
        .map(nodes -> of.texts(nodes, lineOf(key), below(path, key), problems));
  }

  /** Adds a problem for every key that was not asked for. */
  void rejectOthers() {
    if (shape != null) {
      shape.close();
    }
    for (String key : entries.keySet()) {
      if (!known.contains(key)) {
        String all = ", expected one of " + String.join(", ", known);
        Optional<String> hint = Nearest.hint(key, known).or(() -> KeyPlaces.hint(key));
        problem(key, "unknown key" + hint.orElse(all));
      }
    }
  }

  private void note(String key, String want, Map<String, ?> schema) {
    if (shape != null) {
      shape.key(key, want, schema);
    }
  }

  private <T> Optional<T> value(
      String key, String want, Map<String, ?> schema, Function<Node, Optional<T>> type) {
    note(key, want, schema);
    return value(key, want, type, List.of());
  }

  private <T> Optional<T> value(
      String key, String want, Function<Node, Optional<T>> type, Collection<String> words) {
    Optional<Node> node = entry(key).map(NodeTuple::getValueNode);
    Optional<T> value = node.flatMap(type);
    if (node.isPresent() && value.isEmpty()) {
      problems.expected(want, below(path, key), node.get(), words);
    }
    return value;
  }

  private int lineOf(String key) {
    NodeTuple entry = entries.get(key);
    return entry == null ? line : line(entry.getKeyNode());
  }

  private Optional<NodeTuple> entry(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key));
  }
}
