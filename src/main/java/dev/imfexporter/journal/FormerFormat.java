package dev.imfexporter.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that facts and fields had before outages had numbers. Journals with them are still
 * read; the first rewrite gives the file the present names.
 */
final class FormerFormat {
  private static final Map<String, String> FACTS =
      Map.of(
          "sighted", "state_observed",
          "ordered", "control_sent",
          "settled", "outage_settled",
          "disagreed", "sources_disagreed",
          "mode_seen", "start_mode_observed",
          "removed", "service_removed",
          "totals", "service_totals",
          "kept", "transition_retained");

  /**
   * Facts without a successor. A step of the exporter's clock in such a journal no longer moves an
   * outage that was open then; words of states come from the configuration.
   */
  private static final Set<String> DROPPED = Set.of("clock_shifted", "word_heard");

  private static final Map<String, String> FIELDS =
      Map.of(
          "witness", "source",
          "witnesses", "sources",
          "sign", "marker",
          "left_automatic", "downgraded");

  private FormerFormat() {}

  static boolean isDropped(String fact) {
    return DROPPED.contains(fact);
  }

  /** The present name of a fact, and its fields under their present names. */
  static String upgrade(String fact, ObjectNode line) {
    if (fact.equals("version_seen")) {
      rename(line, "witness", "origin");
    }
    if (FACTS.containsKey(fact) || fact.equals("marker_seen") || fact.equals("episode_changed")) {
      rename(line);
    }
    if (fact.equals("settled")) {
      number(line.path("outage"));
    } else if (fact.equals("episode_changed")) {
      JsonNode episode = line.path("episode");
      // Those of an open episode are found again among the outages of the host.
      if (episode.path("state").asText().equals("closed")) {
        episode.path("outages").forEach(FormerFormat::number);
      }
    }
    return FACTS.getOrDefault(fact, fact);
  }

  /** Gives an outage the same number wherever it stands: no service has two with one begin. */
  private static void number(JsonNode outage) {
    if (outage instanceof ObjectNode object && !object.has("number")) {
      try {
        object.put("number", Instant.parse(object.path("began").asText()).toEpochMilli());
      } catch (DateTimeParseException e) {
        // The line is damaged, which its reader reports.
        object.put("number", 0);
      }
    }
  }

  private static void rename(JsonNode node) {
    if (node instanceof ObjectNode object) {
      FIELDS.forEach((former, present) -> rename(object, former, present));
    }
    List<JsonNode> children = new ArrayList<>();
    node.forEach(children::add);
    children.forEach(FormerFormat::rename);
  }

  private static void rename(ObjectNode object, String former, String present) {
    JsonNode value = object.remove(former);
    if (value != null) {
      object.set(present, value);
    }
  }
}
