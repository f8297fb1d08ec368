package dev.imfexporter.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An annotation with a link about what the alert is about.
 *
 * @param values templates of Prometheus; alerts about anything else get no link
 */
public record Link(String annotation, Map<Subject, String> values) implements Change {
  private static final String INSTANCE = "{{ $labels.instance | urlquery }}";
  static final String HAS_PORT = "match \":[0-9]+$\" $labels.instance";
  private static final int INDENT = "runbook_url: ".length();

  /**
   * The host's board, {@code imf-host}, or the board of exporters or of updates.
   *
   * @param grafana where Grafana is
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static Link dashboard(String grafana) {
    String boards = base(grafana, "https://grafana.example.net") + "/d/";
    return new Link(
        "dashboard_url",
        Map.of(
            Subject.HOST, boards + "imf-host?var-instance={instance}",
            Subject.EXPORTER, boards + "imf-exporter",
            Subject.UPDATES, boards + "imf-update-episodes"));
  }

  /**
   * The host's page, or the exporter's start page or its page of updates. A label {@code instance}
   * with a port is the address of an exporter, which then has a page of its own host. An exporter
   * with the label {@code exporter} is the one of many hosts.
   *
   * @param exporter where the exporter of many hosts is
   * @param own how the exporters with a port in their label are reached
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static Link page(String exporter, Scheme own) {
    String base = exporter(exporter);
    return new Link(
        "page_url",
        Map.of(
            Subject.HOST,
            "{{ if %s }}%s{{ else }}%s/hosts/{instance}{{ end }}"
                .formatted(HAS_PORT, own.page(), base),
            Subject.EXPORTER,
            "{{ if and (%s) (not $labels.exporter) }}%s{{ else }}%s/{{ end }}"
                .formatted(HAS_PORT, own.page(), base),
            Subject.UPDATES,
            base + "/updates"));
  }

  /** The address of an exporter without a slash at its end. */
  static String exporter(String text) {
    return base(text, "http://imf.example.net:10747");
  }

  private static String base(String text, String example) {
    WebAddress.check(text, text, example);
    if (text.contains("?") || text.contains("#")) {
      throw new IllegalArgumentException(
          "want an address without ? and #, such as %s, not '%s'".formatted(example, text));
    }
    return text.replaceAll("/+$", "");
  }

  @Override
  public List<Edit> edits(RulesFile rules) {
    List<Edit> edits = new ArrayList<>();
    for (RulesFile.Rule rule : rules.rules()) {
      RulesFile.Part last = rule.runbookUrl();
      String value = values.get(rule.subject());
      if (value != null && last != null) {
        String line = "\n" + " ".repeat(last.column() - INDENT) + annotation + ": " + quoted(value);
        edits.add(new Edit(last.end(), last.end(), line));
      }
    }
    return edits;
  }

  /** As a scalar of YAML, with the instance, escaped for an address, in its place. */
  static String quoted(String value) {
    return "'" + value.replace("{instance}", INSTANCE).replace("'", "''") + "'";
  }
}
