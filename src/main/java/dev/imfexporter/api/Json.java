package dev.imfexporter.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How values are written: times in UTC, durations in seconds. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          // Text of a host must not control a terminal that prints it.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private Json() {}

  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Ends with a line break. */
  public static String text(JsonNode tree) {
    try {
      return MAPPER.writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of texts and numbers can be written", e);
    }
  }

  /** Leaves out what is not known. */
  static String textOfKnown(JsonNode tree) {
    removeNulls(tree);
    return text(tree);
  }

  private static void removeNulls(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      object.properties().removeIf(field -> field.getValue().isNull());
    }
    tree.forEach(Json::removeNulls);
  }

  static @Nullable String time(Optional<Instant> at) {
    return at.map(Instant::toString).orElse(null);
  }

  static @Nullable Double seconds(Optional<Duration> duration) {
    return duration.map(known -> known.toMillis() / 1_000.0).orElse(null);
  }
}
