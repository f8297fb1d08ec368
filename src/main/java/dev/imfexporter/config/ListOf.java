package dev.imfexporter.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What a list may hold.
 *
 * @param items what they are, in the plural
 * @param item what each has to be, for a sentence
 * @param order which items are the same
 */
record ListOf(
    int least,
    int most,
    String items,
    String item,
    Predicate<String> format,
    Comparator<String> order) {

  /** What the list is, for a sentence. */
  String want() {
    return "a list of %d to %d %s".formatted(least, most, items);
  }

  /** The keywords of JSON Schema. */
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", new TreeMap<>(Map.of("type", "string", "description", item)));
    schema.put("minItems", least);
    schema.put("maxItems", most);
    schema.put("uniqueItems", true);
    return schema;
  }

  /** The items; empty for what is no list, or has too few. */
  Optional<List<Node>> nodes(Node node) {
    return node instanceof SequenceNode list && list.getValue().size() >= least
        ? Optional.of(list.getValue())
        : Optional.empty();
  }

  /** The different texts of that format; adds a problem for each other item. */
  List<String> texts(List<Node> nodes, int line, String path, Problems problems) {
    if (nodes.size() > most) {
      problems.add(line, path, "expected " + want() + ", found " + nodes.size());
    }
    Set<String> different = new TreeSet<>(order);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      String at = path + "[" + i + "]";
      Optional<String> text = YamlDocument.scalar(node, Tag.STR);
      if (text.isEmpty()) {
        problems.expected("a text, in quotes if necessary", at, node, List.of());
      } else if (!format.test(text.get())) {
        problems.expected(item, at, node, List.of());
      } else if (different.add(text.get())) {
        texts.add(text.get());
      } else {
        problems.add(
            YamlDocument.line(node),
            at,
            YamlDocument.shown(text.get()) + " is in the list already");
      }
    }
    return texts;
  }
}
