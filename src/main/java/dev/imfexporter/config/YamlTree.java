package dev.imfexporter.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one YAML document into {@link Node}s. Anchors, aliases and tags are errors: configuration
 * is written out, and nothing can grow beyond its file.
 */
final class YamlTree {
  /** Far more than any key of ours lies deep. */
  private static final int MAX_DEPTH = 16;

  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          // On by default, but not in a factory that a builder made.
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          // YAML 1.1 takes NO, a country or a host, for false.
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .build();

  private final YAMLParser parser;
  private final Problems problems;

  private YamlTree(YAMLParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /**
   * The document; {@link Node.Empty} if there is none. What is left of a document with errors is
   * good for finding more of them.
   *
   * @throws ConfigException if the text is not YAML, so that looking further makes no sense
   */
  static Node read(String text, Problems problems) throws ConfigException {
    try (YAMLParser parser = YAML.createParser(new StringReader(text))) {
      return new YamlTree(parser, problems).document();
    } catch (MalformedException e) {
      problems.add(e.line, e.path, e.sentence);
    } catch (JsonProcessingException e) {
      addSyntaxError(e, problems);
    } catch (IOException e) {
      throw new AssertionError("a text in memory can be read", e);
    }
    problems.throwIfAny();
    throw new AssertionError("the problem was just added");
  }

  private Node document() throws IOException, MalformedException {
    if (parser.nextToken() == null) {
      return new Node.Empty(1);
    }
    Node root = node("", 0);
    if (parser.nextToken() != null) {
      throw new MalformedException(
          line(), "", "a second document begins here, want one document in the file");
    }
    return root;
  }

  private Node node(String path, int depth) throws IOException, MalformedException {
    int line = line();
    if (depth > MAX_DEPTH) {
      throw new MalformedException(line, path, "is nested more than " + MAX_DEPTH + " levels deep");
    }
    boolean plain = plain(path, line);
    Node node =
        switch (parser.currentToken()) {
          case START_OBJECT -> mapping(path, line, depth);
          case START_ARRAY -> sequence(path, line, depth);
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Numeric(line, parser.getText());
          case VALUE_TRUE, VALUE_FALSE -> new Node.Flag(line, parser.getBooleanValue());
          case VALUE_NULL -> new Node.Empty(line);
          default -> new Node.Text(line, parser.getText());
        };
    return plain ? node : new Node.Broken(line);
  }

  private boolean plain(String path, int line) throws IOException {
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      problems.add(
          line, path, "anchors (&name) and aliases (*name) are not supported, write the value out");
      return false;
    }
    if (parser.getTypeId() != null) {
      problems.add(line, path, "tags (!name) are not supported, write the value without");
      return false;
    }
    return true;
  }

  private Node mapping(String path, int line, int depth) throws IOException, MalformedException {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line();
      String keyPath = Fields.below(path, key);
      parser.nextToken();
      Node value = node(keyPath, depth + 1);
      Node.Entry first = entries.putIfAbsent(key, new Node.Entry(keyLine, value));
      if (first != null) {
        problems.add(keyLine, keyPath, "is given twice, first in line " + first.line());
      }
    }
    return new Node.Mapping(line, entries);
  }

  private Node sequence(String path, int line, int depth) throws IOException, MalformedException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(path + "[" + items.size() + "]", depth + 1));
    }
    return new Node.Sequence(line, items);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  // Deprecated, yet what Jackson 2 throws, and the only one that knows where the problem is.
  @SuppressWarnings("deprecation")
  private static void addSyntaxError(JsonProcessingException e, Problems problems) {
    if (e instanceof MarkedYAMLException marked) {
      int line = marked.getProblemMark().getLine() + 1;
      String sentence = "is not YAML: " + marked.getProblem();
      if (marked.getContextMark() != null && marked.getContextMark().getLine() + 1 != line) {
        sentence +=
            " " + marked.getContext() + " from line " + (marked.getContextMark().getLine() + 1);
      }
      problems.add(line, "", sentence + hint(marked.getProblem()));
      return;
    }
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    String message = e.getOriginalMessage();
    problems.add(
        line,
        "",
        message.startsWith("Expected a field name")
            ? "is not understood: want a plain text as key"
            : "is not understood: " + Node.shown(message));
  }

  private static String hint(String problem) {
    if (problem.contains("TAB")) {
      return "; indent with blanks";
    }
    if (problem.contains("escape")) {
      return "; put Windows paths in single quotes";
    }
    return "";
  }

  /** The document breaks off here. */
  private static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String path;
    private final String sentence;

    MalformedException(int line, String path, String sentence) {
      super(sentence);
      this.line = line;
      this.path = path;
      this.sentence = sentence;
    }
  }
}
