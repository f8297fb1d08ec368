package dev.imfexporter.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * <a href="https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series">
 * promtool's notation</a> of the values of a series: {@code 1x4} is 1 and four more, {@code _x4} is
 * four that are missing, and {@code stale} the first of those that follow a value.
 */
final class SeriesNotation {
  private SeriesNotation() {}

  static String of(List<Optional<Double>> samples) {
    List<String> values =
        samples.stream()
            .map(sample -> sample.map(v -> Long.toString(Math.round(v))).orElse("_"))
            .toList();
    List<String> notation = new ArrayList<>();
    for (int from = 0; from < values.size(); ) {
      int until = from;
      while (until < values.size() && values.get(until).equals(values.get(from))) {
        until++;
      }
      boolean absent = values.get(from).equals("_");
      int first = absent && from > 0 ? from + 1 : from;
      if (first > from) {
        notation.add("stale");
      }
      if (until > first) {
        notation.add(values.get(from) + "x" + (absent ? until - first : until - first - 1));
      }
      from = until;
    }
    return String.join(" ", notation);
  }
}
