package dev.imfexporter.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON Schema of a configuration file, for editors. It knows keys, types and most ranges; what
 * several keys have to be together, and what a format needs, only the exporter checks.
 */
public final class ConfigSchema {
  private ConfigSchema() {}

  /** The schema as text, by <a href="https://json-schema.org/draft/2020-12">draft 2020-12</a>. */
  public static String json() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "The configuration of imf-exporter");
    schema.putAll(ConfigReader.shape().schema());
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    try {
      return new ObjectMapper()
              .writer(new DefaultPrettyPrinter().withObjectIndenter(indent))
              .writeValueAsString(schema)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A schema is made of texts, numbers and lists", e);
    }
  }
}
