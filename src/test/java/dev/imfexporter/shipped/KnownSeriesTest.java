package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownSeriesTest {
  private final KnownSeries known = KnownSeries.ofExporterAndPrometheus();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "imf_service_stat | there is no metric imf_service_stat",
        "imf_service_restart_duration_seconds | there is no metric"
            + " imf_service_restart_duration_seconds",
        "imf_service_state{service=\"X\"} | imf_service_state has no label service",
        "imf_service_state{state=\"up\"} | imf_service_state has no state 'up'",
        "sum by (service) (imf_up) | no series of it has a label service",
      })
  void complainsOfWhatCannotBe(String expression, String complaint) {
    assertThat(known.complaints(PromQlNames.of(expression))).containsExactly(complaint);
  }

  @Test
  void acceptsAlternativesOfClosedLabelsAndAnyValueOfOpenOnes() {
    assertThat(
            known.complaints(
                PromQlNames.of(
                    "max by (name) (imf_service_state{name=\"W3SVC\",state!~\"running|missing\"})"
                        + " / imf_service_restart_duration_seconds_count")))
        .isEmpty();
  }
}
