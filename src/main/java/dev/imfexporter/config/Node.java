package dev.imfexporter.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a YAML document and the line on which it begins. */
sealed interface Node {

  int line();

  /** What stands there, for a sentence that wants something else. */
  String describe();

  /** A key's value and the line of the key. */
  record Entry(int line, Node value) {}

  /** Keys with values, in the order of the file. */
  record Mapping(int line, Map<String, Entry> entries) implements Node {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String describe() {
      return "keys with values";
    }
  }

  /** A list. */
  record Sequence(int line, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return items.isEmpty() ? "an empty list" : "a list";
    }
  }

  /** Text, be it quoted or not. */
  record Text(int line, String value) implements Node {
    @Override
    public String describe() {
      return '"' + shown(value) + '"';
    }
  }

  /** What YAML takes for a number. */
  record Numeric(int line, String value) implements Node {
    @Override
    public String describe() {
      return "the number " + shown(value);
    }
  }

  /** {@code true} or {@code false}. */
  record Flag(int line, boolean value) implements Node {
    @Override
    public String describe() {
      return Boolean.toString(value);
    }
  }

  /** {@code null}, {@code ~} or nothing at all. */
  record Empty(int line) implements Node {
    @Override
    public String describe() {
      return "nothing";
    }
  }

  /** Something whose error is told already. */
  record Broken(int line) implements Node {
    @Override
    public String describe() {
      return "something unreadable";
    }
  }

  /** The text as it can stand in a message of one line. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(60)
        .forEach(
            c -> {
              if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return text.codePointCount(0, text.length()) > 60 ? shown + "..." : shown.toString();
  }
}
