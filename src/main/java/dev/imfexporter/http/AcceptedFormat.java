package dev.imfexporter.http;

import dev.imfexporter.exposition.Format;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.eclipse.jetty.http.QuotedQualityCSV;

/**
 * Chooses a format by the Accept header (RFC 9110, section 12.5.1). OpenMetrics is for clients that
 * name it, in any version, and prefer nothing else; a browser takes everything, and reads text.
 * Text is also for those that accept neither, or whose header is malformed.
 */
final class AcceptedFormat {
  private static final String OPEN_METRICS = "application/openmetrics-text";

  /** The most specific one that a header names decides. */
  private static final List<String> TEXT = List.of("text/plain", "text/*", "*/*");

  private AcceptedFormat() {}

  /**
   * @param accept the fields of that name, none for a client that takes anything
   */
  static Format of(List<String> accept) {
    QuotedQualityCSV ranges = new QuotedQualityCSV();
    try {
      accept.forEach(ranges::addValue);
    } catch (IllegalArgumentException malformed) {
      return Format.TEXT;
    }
    double openMetrics = weight(ranges, OPEN_METRICS).orElse(0);
    double text =
        TEXT.stream()
            .map(range -> weight(ranges, range))
            .flatMapToDouble(OptionalDouble::stream)
            .findFirst()
            .orElse(0);
    return openMetrics > 0 && openMetrics >= text ? Format.OPEN_METRICS : Format.TEXT;
  }

  /** Of a media range, without regard to its parameters; empty if it is not named. */
  private static OptionalDouble weight(QuotedQualityCSV ranges, String range) {
    return ranges.getQualityValues().stream()
        .filter(each -> type(each.getValue()).equals(range))
        .mapToDouble(QuotedQualityCSV.QualityValue::getWeight)
        .max();
  }

  private static String type(String value) {
    return Stream.of(value.split(";", 2)).findFirst().orElse("").strip().toLowerCase(Locale.ROOT);
  }
}
