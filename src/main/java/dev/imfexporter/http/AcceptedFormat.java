package dev.imfexporter.http;

import dev.imfexporter.exposition.Format;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.QuotedQualityCSV;

/**
 * Chooses a format by the Accept header (RFC 9110, section 12.5.1). OpenMetrics is for clients that
 * name it, in any version, and prefer nothing else; a browser takes everything, and reads text.
 * Text is also for those that accept neither, or whose header is malformed or longer than {@value
 * #LONGEST} characters.
 */
final class AcceptedFormat {
  /** Prometheus sends some 350 characters. */
  static final int LONGEST = 1_000;

  private static final String OPEN_METRICS = "application/openmetrics-text";

  /** The most specific one that a header names decides. */
  private static final List<String> TEXT = List.of("text/plain", "text/*", "*/*");

  /** Media ranges with their weights. */
  private static final class Ranges extends QuotedQualityCSV {
    /** RFC 9110, section 12.4.2; more than three digits do no harm. */
    private static final Pattern WEIGHT = Pattern.compile("0(\\.\\d*)?|1(\\.0*)?");

    /**
     * Refuses a malformed weight, for which Jetty takes 0, 1 or a number above 1.
     *
     * @param name where the name of the parameter begins; negative for none
     * @param value where its value begins; negative for none
     */
    @Override
    protected void parsedParam(StringBuilder buffer, int valueLength, int name, int value) {
      if (name >= 0 && isWeight(buffer, name)) {
        buffer.setCharAt(name, 'q'); // The only case that Jetty reads.
        if (value < 0 || !WEIGHT.matcher(buffer.substring(value)).matches()) {
          throw new IllegalArgumentException("the weight is malformed");
        }
      }
      super.parsedParam(buffer, valueLength, name, value);
    }

    private static boolean isWeight(CharSequence buffer, int name) {
      return Character.toLowerCase(buffer.charAt(name)) == 'q'
          && (buffer.length() == name + 1 || buffer.charAt(name + 1) == '=');
    }
  }

  private AcceptedFormat() {}

  /**
   * @param accept the fields of that name, none for a client that takes anything
   */
  static Format of(List<String> accept) {
    if (accept.stream().mapToInt(String::length).sum() > LONGEST) {
      return Format.TEXT;
    }
    Ranges ranges = new Ranges();
    try {
      accept.forEach(ranges::addValue);
    } catch (IllegalArgumentException malformed) {
      return Format.TEXT;
    }
    Map<String, Double> weights = new HashMap<>();
    for (QuotedQualityCSV.QualityValue range : ranges.getQualityValues()) {
      weights.merge(type(range.getValue()), range.getWeight(), Math::max);
    }
    double openMetrics = weights.getOrDefault(OPEN_METRICS, 0.0);
    double text =
        TEXT.stream()
            .filter(weights::containsKey)
            .findFirst()
            .map(range -> weights.getOrDefault(range, 0.0))
            .orElse(0.0);
    return openMetrics > 0 && openMetrics >= text ? Format.OPEN_METRICS : Format.TEXT;
  }

  /** Of a media range, without its parameters. */
  private static String type(String value) {
    return Stream.of(value.split(";", 2)).findFirst().orElse("").strip().toLowerCase(Locale.ROOT);
  }
}
