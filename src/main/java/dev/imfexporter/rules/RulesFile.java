package dev.imfexporter.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A file of Prometheus rules, which keeps its comments and its layout when it is changed.
 *
 * @param text in YAML
 */
public record RulesFile(String text) {
  private static final String SHIPPED = "imf-exporter.rules.yml";

  /** A part of the text with its column; that of an expression includes YAML's quotes or bar. */
  record Part(int start, int end, int column) {}

  /**
   * A rule, by the parts that can be changed.
   *
   * @param alert its name, or null of a recording rule
   * @param labels in braces, of an alert
   * @param runbookUrl the value of this annotation, of an alert
   * @param subject what the alert is about
   */
  record Rule(
      @Nullable String alert,
      Part expr,
      @Nullable Part labels,
      @Nullable Part runbookUrl,
      Subject subject) {}

  /** The rules of this version; the build packs {@code alerts/imf-exporter.rules.yml}. */
  public static RulesFile shipped() {
    try (@Nullable InputStream file = RulesFile.class.getResourceAsStream(SHIPPED)) {
      if (file == null) {
        throw new IllegalStateException(SHIPPED + " is missing from the program's jar");
      }
      return new RulesFile(new String(file.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** These rules with a change. */
  public RulesFile with(Change change) {
    StringBuilder changed = new StringBuilder(text);
    change.edits(this).stream()
        .sorted(Comparator.comparingInt(Change.Edit::start).reversed())
        .forEach(edit -> changed.replace(edit.start(), edit.end(), edit.replacement()));
    return new RulesFile(changed.toString());
  }

  String of(Part part) {
    return text.substring(part.start(), part.end());
  }

  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    Node root = new Yaml().compose(new StringReader(text));
    for (Node group : items(value(root, "groups"))) {
      items(value(group, "rules")).forEach(rule -> rules.add(rule(rule)));
    }
    return rules;
  }

  private Rule rule(Node rule) {
    Optional<Node> annotations = value(rule, "annotations");
    String alert = value(rule, "alert").map(RulesFile::scalar).orElse(null);
    return new Rule(
        alert,
        value(rule, "expr").map(this::part).orElseThrow(),
        value(rule, "labels").map(this::part).orElse(null),
        annotations.flatMap(of -> value(of, "runbook_url")).map(this::part).orElse(null),
        Subject.of(
            alert, scalar(value(rule, "labels"), "incident_rank"), scalar(annotations, "summary")));
  }

  private static String scalar(Optional<Node> mapping, String key) {
    return mapping.flatMap(of -> value(of, key)).map(RulesFile::scalar).orElse("");
  }

  private static Optional<Node> value(Node mapping, String key) {
    return ((MappingNode) mapping)
        .getValue().stream()
            .filter(entry -> scalar(entry.getKeyNode()).equals(key))
            .map(NodeTuple::getValueNode)
            .findFirst();
  }

  private static List<Node> items(Optional<Node> sequence) {
    return sequence.map(node -> ((SequenceNode) node).getValue()).orElse(List.of());
  }

  private static String scalar(Node node) {
    return ((ScalarNode) node).getValue();
  }

  private Part part(Node node) {
    return new Part(
        offset(node.getStartMark()), offset(node.getEndMark()), node.getStartMark().getColumn());
  }

  /** SnakeYAML counts code points. */
  private int offset(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }
}
