package dev.imfexporter.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * An annotation with a link about the alert's host, for alerts that name one.
 *
 * @param value a template of Prometheus
 */
public record Link(String annotation, String value) implements Change {
  private static final String INSTANCE = "{{ $labels.instance | urlquery }}";
  private static final int INDENT = "runbook_url: ".length();

  /**
   * The host's board, {@code imf-host}.
   *
   * @param grafana where Grafana is
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static Link dashboard(String grafana) {
    return new Link(
        "dashboard_url",
        base(grafana, "https://grafana.example.net") + "/d/imf-host?var-instance={instance}");
  }

  /**
   * The host's page. A label {@code instance} with a port is the address of an exporter, which then
   * has a page of its own host.
   *
   * @param exporter where the exporter of hosts without a port is
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static Link page(String exporter) {
    return new Link(
        "page_url",
        "{{ if match \":[0-9]+$\" $labels.instance }}http://{{ $labels.instance }}/{{ else }}"
            + base(exporter, "http://imf.example.net:10747")
            + "/hosts/{instance}{{ end }}");
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
      if (rule.namesHost() && last != null) {
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
