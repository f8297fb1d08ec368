package dev.imfexporter.endtoend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The series of one answer of {@code /metrics}. */
record Scrape(Map<String, Double> series) {
  private static final Pattern TOTAL =
      Pattern.compile("imf_(?!exporter_|host_errors_)\\w*(_total|_count|_sum)(\\{.*)?");

  static Scrape parse(String body) {
    Map<String, Double> series = new LinkedHashMap<>();
    for (String line : body.lines().filter(l -> !l.isEmpty() && !l.startsWith("#")).toList()) {
      int end = line.lastIndexOf(' ');
      // The text format lets a comma follow the last label.
      String name = line.substring(0, end).replace(",}", "}");
      series.put(name, Double.parseDouble(line.substring(end + 1)));
    }
    return new Scrape(series);
  }

  /** The value of a series, named as in PromQL with its labels in the order of the page. */
  double value(String name) {
    Double value = series.get(name);
    if (value == null) {
      throw new NoSuchElementException(name + " is not among " + series.keySet());
    }
    return value;
  }

  boolean has(String name) {
    return series.containsKey(name);
  }

  /** What only grows, across restarts of the exporter too: it counts what happened on the host. */
  Map<String, Double> totals() {
    Map<String, Double> totals = new TreeMap<>(series);
    totals.keySet().removeIf(name -> !TOTAL.matcher(name).matches());
    return totals;
  }
}
