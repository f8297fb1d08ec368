package dev.imfexporter.http;

import static dev.imfexporter.exposition.Format.OPEN_METRICS;
import static dev.imfexporter.exposition.Format.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.exposition.Format;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AcceptedFormatTest {
  private static final String OPEN = "application/openmetrics-text";

  static Stream<Arguments> headers() {
    return Stream.of(
        // Prometheus 3, with and without protobuf, and with the text format first.
        Arguments.of(
            OPEN + ";version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.1", OPEN_METRICS),
        Arguments.of(
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
                + OPEN
                + ";version=1.0.0;escaping=allow-utf-8;q=0.5,"
                + OPEN
                + ";version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
                + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
            OPEN_METRICS),
        Arguments.of(
            "text/plain;version=0.0.4;q=0.5," + OPEN + ";version=1.0.0;q=0.4,*/*;q=0.1", TEXT),
        // Prometheus 2.0 to 2.42.
        Arguments.of(
            OPEN + "; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", OPEN_METRICS),
        Arguments.of(OPEN, OPEN_METRICS),
        Arguments.of("Application/OpenMetrics-Text ; q=0.001", OPEN_METRICS),
        Arguments.of(OPEN + ",text/plain", OPEN_METRICS),
        Arguments.of("text/plain," + OPEN, OPEN_METRICS),
        Arguments.of(OPEN + ";q=0.5,*/*", TEXT),
        Arguments.of(OPEN + ";q=0.5,text/*;q=0.9,text/plain;q=0.2", OPEN_METRICS),
        Arguments.of(OPEN + ";q=0", TEXT),
        Arguments.of(OPEN + ";q=0,*/*", TEXT),
        Arguments.of(OPEN + ";q=0.0, text/plain;q=0.1", TEXT),
        // A browser, and what accepts neither.
        Arguments.of("text/html,application/xhtml+xml,*/*;q=0.8", TEXT),
        Arguments.of("*/*", TEXT),
        Arguments.of("application/*", TEXT),
        Arguments.of("image/png", TEXT),
        Arguments.of("", TEXT),
        Arguments.of(OPEN + ";Q=0.5,text/plain;q=0.6", TEXT),
        Arguments.of(OPEN + ";q=1.000,text/plain;Q=0.6", OPEN_METRICS),
        Arguments.of(OPEN + ";version=1.0.0;quiet=5;q=1", OPEN_METRICS),
        // Malformed.
        Arguments.of(OPEN + ";q=", TEXT),
        Arguments.of(OPEN + ";q", TEXT),
        Arguments.of(OPEN + ";q=5", TEXT),
        Arguments.of(OPEN + ";q=1.1", TEXT),
        Arguments.of(OPEN + ";q=1e9", TEXT),
        Arguments.of(OPEN + ";q=1d", TEXT),
        Arguments.of(OPEN + ";q=-1", TEXT),
        Arguments.of(OPEN + ";q=\"1\"", TEXT),
        Arguments.of(OPEN + ",text/plain;q=x", TEXT),
        Arguments.of(OPEN + ";q=NaN", TEXT),
        Arguments.of(OPEN + ";;;,,;q=1", OPEN_METRICS),
        Arguments.of(OPEN + ";x=\"", TEXT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("headers")
  void theQualityDecides(String accept, Format expected) {
    assertThat(AcceptedFormat.of(List.of(accept))).isEqualTo(expected);
  }

  @Test
  void textIsForThoseThatTakeAnything() {
    assertThat(AcceptedFormat.of(List.of())).isEqualTo(TEXT);
  }

  @Test
  void severalFieldsAreOneList() {
    assertThat(AcceptedFormat.of(List.of("text/plain;q=0.2", OPEN + ";q=0.3")))
        .isEqualTo(OPEN_METRICS);
    assertThat(AcceptedFormat.of(List.of("text/plain;q=0.3", OPEN + ";q=0.2"))).isEqualTo(TEXT);
  }

  @Test
  void aHeaderThatTakesLongToReadIsNotRead() {
    String longest = OPEN + ",a".repeat((AcceptedFormat.LONGEST - OPEN.length()) / 2);
    assertThat(longest).hasSize(AcceptedFormat.LONGEST);
    assertThat(AcceptedFormat.of(List.of(longest))).isEqualTo(OPEN_METRICS);
    assertThat(AcceptedFormat.of(List.of(longest, "a"))).isEqualTo(TEXT);
  }
}
