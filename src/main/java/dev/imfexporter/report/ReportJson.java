package dev.imfexporter.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.imfexporter.preflight.Check;
import dev.imfexporter.preflight.Preflight;
import java.util.List;

/**
 * Writes and reads the records as they are: their components in snake case, constants of enums by
 * their words. A reader passes over what only a newer version writes.
 */
public final class ReportJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          // Text of a host must not control a terminal that prints it.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addMixIn(Check.class, CheckWithQuestion.class)
          .build();

  /** The question follows from the item; it is written for people who read the JSON. */
  @JsonPropertyOrder({"item", "question"})
  private interface CheckWithQuestion {
    @JsonProperty
    String question();
  }

  private ReportJson() {}

  /** Ends with a line break, as the other texts of this class. */
  public static String of(DiagnosisReport diagnosis) {
    return write(diagnosis);
  }

  public static String of(List<Preflight> hosts) {
    return write(hosts);
  }

  private static String write(Object report) {
    try {
      return MAPPER.writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("records of texts and enums can be written", e);
    }
  }

  /**
   * Reads what {@link #of(DiagnosisReport)} wrote.
   *
   * @throws JsonProcessingException if it is no diagnosis, or that of another version
   */
  public static DiagnosisReport diagnosis(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, DiagnosisReport.class);
  }

  /**
   * Reads what {@link #of(List)} wrote.
   *
   * @throws JsonProcessingException if it is no preflight, or that of another version
   */
  public static List<Preflight> preflights(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, new TypeReference<List<Preflight>>() {});
  }
}
