package dev.imfexporter.config;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the one YAML document of a file into SnakeYAML's nodes. Anchors, aliases and tags are
 * errors, so a document cannot grow beyond its file.
 *
 * <p>SnakeYAML's own {@code compose()} ends at the first error and does not have its path of keys.
 * This class reads the same events and reports every error, also those in front of a syntax error.
 */
final class YamlDocument {
  /** Keys of the configuration have at most four levels. */
  private static final int MAX_DEPTH = 16;

  private static final int MAX_SHOWN = 60;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

  /** The tag of a node whose error is reported already. */
  private static final Tag UNREADABLE = new Tag("!unreadable");

  private static final Resolver TYPES = new Types();

  private final Parser parser;
  private final Problems problems;

  /** Of the newest event; a few errors of the library have no line. */
  private int line = 1;

  private YamlDocument(Parser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /**
   * The root of the document; a null scalar if the text has none. Errors that leave the rest of the
   * document readable are added to the problems.
   *
   * @throws ConfigException with all problems, if the text is not YAML
   */
  static Node read(String text, Problems problems) throws ConfigException {
    int line = 1;
    for (int c : text.codePoints().toArray()) {
      if (!StreamReader.isPrintable(c) || c == '\uFEFF') {
        throw problems.with(line, "", "character U+%04X is not allowed in YAML".formatted(c));
      }
      line += c == '\n' ? 1 : 0;
    }
    YamlDocument document = new YamlDocument(parser(text), problems);
    try {
      return document.document();
    } catch (MarkedYAMLException e) {
      throw problems.with(line(e.getProblemMark()), "", syntaxError(e, text));
    } catch (YAMLException e) {
      throw problems.with(document.line, "", "is not YAML after this line: " + e.getMessage());
    }
  }

  /** A good document without its comments. */
  static String withoutComments(String text) {
    StringWriter copy = new StringWriter();
    DumperOptions options = new DumperOptions();
    options.setSplitLines(false);
    Emitter emitter = new Emitter(copy, options);
    try {
      for (Parser parser = parser(text); parser.peekEvent() != null; ) {
        emitter.emit(parser.getEvent());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A buffer does no input or output", e);
    }
    return copy.toString();
  }

  private static Parser parser(String text) {
    return new ParserImpl(new StreamReader(text), new LoaderOptions());
  }

  private Node document() throws ConfigException {
    Event start = next();
    if (next().is(Event.ID.StreamEnd)) {
      return scalar(Tag.NULL, start);
    }
    Node root = node(next(), "", 0);
    next(); // DocumentEnd
    if (!next().is(Event.ID.StreamEnd)) {
      throw problems.with(
          line(parser.peekEvent()), "", "expected one document in the file, found a second");
    }
    return root;
  }

  private Event next() {
    Event event = parser.getEvent();
    line = line(event);
    return event;
  }

  private Node node(Event event, String path, int depth) throws ConfigException {
    if (depth > MAX_DEPTH) {
      throw problems.with(line(event), path, "is nested more than " + MAX_DEPTH + " levels deep");
    }
    boolean readable = isPlain((NodeEvent) event, path);
    Node node =
        switch (event.getEventId()) {
          case MappingStart -> mapping(event, path, depth);
          case SequenceStart -> sequence(event, path, depth);
          case Scalar -> scalar((ScalarEvent) event);
          default -> scalar(UNREADABLE, event);
        };
    node.setTag(readable ? node.getTag() : UNREADABLE);
    return node;
  }

  private boolean isPlain(NodeEvent event, String path) {
    if (event.getAnchor() != null) {
      problems.add(
          line(event),
          path,
          "anchors (&name) and aliases (*name) are not supported, write the value out");
      return false;
    }
    if ((event instanceof ScalarEvent scalar && scalar.getTag() != null)
        || (event instanceof CollectionStartEvent start && start.getTag() != null)) {
      problems.add(line(event), path, "tags (!name) are not supported, write the value without");
      return false;
    }
    return true;
  }

  private Node mapping(Event start, String path, int depth) throws ConfigException {
    List<NodeTuple> entries = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    Event event = next();
    for (; !event.is(Event.ID.MappingEnd); event = next()) {
      if (!(event instanceof ScalarEvent key)) {
        throw problems.with(line(event), path, "expected a text as key");
      }
      String keyPath = Fields.below(path, key.getValue());
      isPlain(key, keyPath);
      Node value = node(next(), keyPath, depth + 1);
      Integer first = lines.putIfAbsent(key.getValue(), line(key));
      if (first == null) {
        entries.add(new NodeTuple(scalar(key), value));
      } else {
        problems.add(line(key), keyPath, "is given twice, first in line " + first);
      }
    }
    Mark begin = start.getStartMark();
    return new MappingNode(
        Tag.MAP, true, entries, begin, event.getEndMark(), DumperOptions.FlowStyle.BLOCK);
  }

  private Node sequence(Event start, String path, int depth) throws ConfigException {
    List<Node> items = new ArrayList<>();
    Event event = next();
    for (; !event.is(Event.ID.SequenceEnd); event = next()) {
      items.add(node(event, path + "[" + items.size() + "]", depth + 1));
    }
    Mark begin = start.getStartMark();
    return new SequenceNode(
        Tag.SEQ, true, items, begin, event.getEndMark(), DumperOptions.FlowStyle.BLOCK);
  }

  private static Node scalar(ScalarEvent event) {
    return new ScalarNode(
        TYPES.resolve(NodeId.scalar, event.getValue(), event.isPlain()),
        event.getValue(),
        event.getStartMark(),
        event.getEndMark(),
        event.getScalarStyle());
  }

  private static Node scalar(Tag tag, Event at) {
    return new ScalarNode(
        tag, "", at.getStartMark(), at.getEndMark(), DumperOptions.ScalarStyle.PLAIN);
  }

  /** The characters of a scalar of that type; empty for any other node. */
  static Optional<String> scalar(Node node, Tag type) {
    return node.getTag().equals(type) ? Optional.of(characters(node)) : Optional.empty();
  }

  /** The characters of a scalar of any type. */
  static String characters(Node scalar) {
    return ((ScalarNode) scalar).getValue();
  }

  /** Whether an error of this node is reported already. */
  static boolean isUnreadable(Node node) {
    return node.getTag().equals(UNREADABLE);
  }

  /** The line on which a node begins, from 1. */
  static int line(Node node) {
    return line(node.getStartMark());
  }

  private static int line(Event event) {
    return line(event.getStartMark());
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  /** A node in a few words, for the end of a sentence. */
  static String describe(Node node) {
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    if (node instanceof SequenceNode list) {
      return list.getValue().isEmpty() ? "an empty list" : "a list";
    }
    String value = shown(characters(node));
    if (node.getTag().equals(Tag.NULL)) {
      return "nothing";
    }
    if (node.getTag().equals(Tag.FLOAT)) {
      return "the number " + value;
    }
    return node.getTag().equals(Tag.BOOL) ? value : '"' + value + '"';
  }

  /** The beginning of a text, in characters that can stand in a message of one line. */
  static String shown(String text) {
    boolean whole = text.codePointCount(0, text.length()) <= MAX_SHOWN;
    String start = whole ? text : text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "...";
    return CONTROL
        .matcher(start)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }

  private static String syntaxError(MarkedYAMLException e, String text) {
    String problem = e.getProblem();
    if (problem.contains("TAB")) {
      return isIndentation(e.getProblemMark(), text)
          ? "is not YAML: a tab begins the line; indent with blanks"
          : "is not YAML: column %d is a tab; put a blank there"
              .formatted(e.getProblemMark().getColumn() + 1);
    }
    String sentence = "is not YAML: " + problem;
    if (e.getContextMark() != null && line(e.getContextMark()) != line(e.getProblemMark())) {
      sentence += " %s from line %d".formatted(e.getContext(), line(e.getContextMark()));
    }
    return problem.contains("escape")
        ? sentence + "; put Windows paths in single quotes"
        : sentence;
  }

  private static boolean isIndentation(Mark mark, String text) {
    return text.lines()
        .skip(mark.getLine())
        .findFirst()
        .filter(line -> line.substring(0, Math.min(line.length(), mark.getColumn())).isBlank())
        .isPresent();
  }

  /** The types of unquoted values. YAML 1.1 also takes NO, a country or a host, for false. */
  private static final class Types extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.NULL, Pattern.compile("(~|null|Null|NULL)?"), "~nN\0");
      addImplicitResolver(Tag.BOOL, Pattern.compile("true|True|TRUE|false|False|FALSE"), "tTfF");
      addImplicitResolver(
          Tag.FLOAT,
          Pattern.compile("[-+]?(0|[1-9][\\d_]*)(\\.\\d*)?([eE][-+]?\\d+)?"),
          "-+0123456789");
    }
  }
}
