package dev.imfexporter.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the alerts say that their runbooks are.
 *
 * @param pattern an address in which {@code {alert}} and perhaps {@code {instance}} are replaced;
 *     it may be a template of Prometheus
 * @param own whether these are an exporter's own pages, which cannot be read while it is down
 */
public record RunbookUrl(String pattern, boolean own) implements Change {
  private static final String ALERT = "{alert}";
  private static final String INSTANCE = "{instance}";
  private static final String EXAMPLE = "https://wiki.example.net/imf/{alert}";

  /** It fires while an exporter does not answer. */
  private static final String EXPORTER_IS_DOWN = "ImfExporterUnreachable";

  /** A label that Prometheus alone can follow, as it is on the same machine. */
  private static final String LOOPBACK =
      "match \"^(localhost|127\\\\.|\\\\[::1\\\\])\" $labels.instance";

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static RunbookUrl parse(String text) {
    WebAddress.check(text, text.replace(ALERT, "Imf").replace(INSTANCE, "host"), EXAMPLE);
    if (!text.contains(ALERT)) {
      throw new IllegalArgumentException(
          "want {alert} where the alert's name belongs, such as %s, not '%s'"
              .formatted(EXAMPLE, text));
    }
    return new RunbookUrl(text, false);
  }

  /**
   * The runbooks of the exporter, with the names of the alert's host and service. A label {@code
   * instance} with a port is the address of an exporter, which has them too.
   *
   * @param exporter where the exporter of many hosts is, as {@link Link#page} takes it
   * @param own how the exporters with a port in their label are reached
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static RunbookUrl ofExporter(String exporter, Scheme own) {
    String address =
        "{{ if and (%s) (not (%s)) }}%s{{ else }}%s/{{ end }}"
            .formatted(Link.HAS_PORT, LOOPBACK, own.page(), Link.exporter(exporter));
    String service = "{{ with $labels.service }}&service={{ . | urlquery }}{{ end }}";
    return new RunbookUrl(address + "runbooks/{alert}?instance={instance}" + service, true);
  }

  @Override
  public List<Edit> edits(RulesFile rules) {
    List<Edit> edits = new ArrayList<>();
    for (RulesFile.Rule rule : rules.rules()) {
      String alert = rule.alert();
      RulesFile.Part url = rule.runbookUrl();
      if (alert != null && url != null && !(own && alert.equals(EXPORTER_IS_DOWN))) {
        String value = Link.quoted(pattern.replace(ALERT, alert));
        edits.add(new Edit(url.start(), url.end(), value));
      }
    }
    return edits;
  }
}
