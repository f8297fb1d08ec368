package dev.imfexporter.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists the queries of a Grafana dashboard (classic JSON), ready to be sent to a Prometheus. */
public final class DashboardQueries {
  private DashboardQueries() {}

  /**
   * One query.
   *
   * @param panelTitle the panel's title, or {@code annotation NAME} or {@code variable NAME}
   * @param refId of the target within its panel, or empty
   * @param written as it stands in the dashboard
   * @param expr with Grafana's variables replaced: everything selected, a rate over one minute, a
   *     dashboard of one hour
   * @param legend the template that names its series, or empty
   */
  public record Query(String panelTitle, String refId, String written, String expr, String legend) {

    private static Query of(String panelTitle, String refId, String written, String legend) {
      return new Query(panelTitle, refId, written, substitute(written), legend);
    }
  }

  private static final Map<String, String> VARIABLES =
      Map.of(
          "__rate_interval", "1m",
          "__interval", "15s",
          "__range", "1h",
          "__from", "0",
          "job", ".+",
          "instance", ".+");

  // A digit behind the dollar is a group of label_replace, which Grafana leaves alone as well.
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:([A-Za-z_]\\w*)|\\{(\\w+)(?::\\w+)?\\})");

  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), *\\w+\\)");

  /** Every query of a dashboard: variables, annotations, then panels with those in rows. */
  public static List<Query> read(Path dashboard) throws IOException {
    JsonNode root = new ObjectMapper().readTree(dashboard.toFile());
    List<Query> queries = new ArrayList<>();
    for (JsonNode variable : root.at("/templating/list")) {
      if (variable.path("type").asText().equals("query")) {
        String name = variable.path("name").asText();
        queries.add(
            Query.of("variable " + name, "", selector(variable.at("/query/query").asText()), ""));
      }
    }
    for (JsonNode annotation : root.at("/annotations/list")) {
      if (annotation.has("expr")) {
        queries.add(
            Query.of(
                "annotation " + annotation.path("name").asText(),
                "",
                annotation.path("expr").asText(),
                annotation.path("titleFormat").asText() + annotation.path("textFormat").asText()));
      }
    }
    for (JsonNode panel : panels(root)) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            Query.of(
                panel.path("title").asText(),
                target.path("refId").asText(),
                target.path("expr").asText(),
                target.path("legendFormat").asText()));
      }
    }
    return List.copyOf(queries);
  }

  /** The panels of a dashboard that show data, those in collapsed rows with them. */
  static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      if (panel.path("type").asText().equals("row")) {
        panel.path("panels").forEach(panels::add);
      } else {
        panels.add(panel);
      }
    }
    return panels;
  }

  private static String selector(String variableQuery) {
    Matcher matcher = LABEL_VALUES.matcher(variableQuery);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a label_values(selector, label): " + variableQuery);
    }
    return matcher.group(1);
  }

  private static String substitute(String expr) {
    // A board of one host selects by equality, which "everything" is not.
    return VARIABLE
        .matcher(expr.replace("=\"$instance\"", "=~\"$instance\""))
        .replaceAll(
            match -> {
              String name = match.group(1) == null ? match.group(2) : match.group(1);
              String value = VARIABLES.get(name);
              if (value == null) {
                throw new IllegalArgumentException("unknown variable $" + name + " in " + expr);
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
