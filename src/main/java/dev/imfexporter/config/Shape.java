package dev.imfexporter.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a reader asks of a mapping, as JSON Schema (2020-12). It comes from a run of the reader
 * itself on {@link Fields#recording}, so that the keys are written down once.
 */
final class Shape {
  /** Answered for a name that the user chooses, so that the reader asks for what it names. */
  static final String ANY_NAME = "x";

  private final Map<String, String> answers;
  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final Map<String, Shape> mappings = new LinkedHashMap<>();
  private final Set<String> required = new LinkedHashSet<>();
  private final List<Object> conditions = new ArrayList<>();
  private @Nullable String names;
  private boolean closed;

  /**
   * @param answers what keys have as values while they are asked for, for readers that then ask for
   *     others
   */
  Shape(Map<String, String> answers) {
    this.answers = Map.copyOf(answers);
  }

  Shape() {
    this(Map.of());
  }

  /** The keys for which a reader asks. */
  static Set<String> keys(Consumer<Fields> reader) {
    Shape shape = new Shape();
    reader.accept(Fields.recording(shape));
    return shape.keys();
  }

  private Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>(properties.keySet());
    keys.addAll(mappings.keySet());
    return keys;
  }

  /** The value that a key has; null for none. */
  @Nullable String answer(String key) {
    return answers.get(key);
  }

  /**
   * Notes a key.
   *
   * @param type the keywords of its value
   */
  void key(String key, String description, Map<String, ?> type) {
    // In an order that is the same in each run.
    Map<String, Object> schema = new TreeMap<>(type);
    schema.put("description", description);
    properties.putIfAbsent(key, schema);
  }

  /** Notes a mapping below a key. */
  Shape mapping(String key) {
    return mappings.computeIfAbsent(key, each -> new Shape());
  }

  void require(String key) {
    required.add(key);
  }

  /** Notes that keys are names of the user, which all have the shape of {@link #ANY_NAME}. */
  void names(String description) {
    names = description;
  }

  /** Notes that there are no other keys. */
  void close() {
    closed = true;
  }

  /**
   * Adds the keys of another run of the reader, in which a key had one of its values. With this
   * value, only they are taken.
   */
  void addIf(String key, String value, Shape other) {
    other.properties.forEach(properties::putIfAbsent);
    mappings.putAll(other.mappings);
    Map<String, Object> then = new LinkedHashMap<>();
    then.put("propertyNames", Map.of("enum", List.copyOf(other.keys())));
    then.put("required", List.copyOf(other.required));
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("if", Map.of("properties", Map.of(key, Map.of("const", value))));
    condition.put("then", then);
    conditions.add(condition);
  }

  /** The keywords. As for the readers, nothing is an empty mapping. */
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", List.of("object", "null"));
    if (names != null) {
      schema.put("description", "by names: " + names);
      schema.put("additionalProperties", value(ANY_NAME));
      return schema;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    keys().forEach(key -> all.put(key, value(key)));
    schema.put("properties", all);
    if (!required.isEmpty()) {
      schema.put("required", List.copyOf(required));
    }
    if (closed) {
      schema.put("additionalProperties", false);
    }
    if (!conditions.isEmpty()) {
      schema.put("allOf", conditions);
    }
    return schema;
  }

  private Object value(String key) {
    Shape mapping = mappings.get(key);
    return mapping == null ? properties.getOrDefault(key, Map.of()) : mapping.schema();
  }
}
