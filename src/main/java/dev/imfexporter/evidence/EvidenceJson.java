package dev.imfexporter.evidence;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.LoggedEvent;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records as they are, as the journal does: their components in snake case, constants of
 * enums by their words, times in UTC and durations as in ISO 8601.
 */
final class EvidenceJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addSerializer(CollectorKey.class, new KeyByName()))
          .addMixIn(ServiceConfig.class, WithoutDetails.class)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          // Text of a host must not control a terminal that prints it.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter()
                  .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n")))
          .build();

  /** Accounts are masked, and the command of a recovery action may name one. */
  @JsonIgnoreProperties("details")
  private interface WithoutDetails {}

  private EvidenceJson() {}

  /** Ends with a line break. */
  static String of(Object records) {
    try {
      return MAPPER.writeValueAsString(records) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("records of texts, numbers and times can be written", e);
    }
  }

  /** An event with the kind of its meaning, which is no component of it. */
  static ObjectNode of(LoggedEvent event) {
    ObjectNode row = MAPPER.valueToTree(event);
    String kind = event.meaning().getClass().getSimpleName();
    return row.put("kind", PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(kind));
  }

  /** An object with the names in this order, each followed by its value. */
  static ObjectNode object(List<String> names, @Nullable Object... values) {
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = 0; i < names.size(); i++) {
      object.putPOJO(names.get(i), values[i]);
    }
    return object;
  }

  @SuppressWarnings("rawtypes") // the type that Jackson looks for
  private static final class KeyByName extends JsonSerializer<CollectorKey> {
    @Override
    public void serialize(CollectorKey key, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeString(key.word());
    }
  }
}
