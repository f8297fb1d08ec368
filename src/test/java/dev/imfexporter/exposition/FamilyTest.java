package dev.imfexporter.exposition;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.metric.MetricSpec;
import dev.imfexporter.metric.MetricType;
import dev.imfexporter.metric.ServiceMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamilyTest {
  private final Families families = new Families();

  @Test
  void aStateThatTheLabelDoesNotHaveIsRefused() {
    Family states = families.of(ServiceMetrics.STATE);

    assertThatThrownBy(() -> states.states("asleep", "SMTPSVC"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("imf_service_state")
        .hasMessageContaining("asleep");
  }

  @Test
  void aValueThatTheLabelDoesNotHaveIsRefused() {
    Family phases = families.of(ServiceMetrics.LAST_RESTART_DURATION);

    assertThatThrownBy(() -> phases.add(1, "SMTPSVC", "pause"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("imf_service_last_restart_duration_seconds")
        .hasMessageContaining("pause");
  }

  @Test
  void aMetricThatIsNotInTheCatalogueIsRefused() {
    MetricSpec forgotten =
        new MetricSpec("imf_forgotten", MetricType.GAUGE, "Help.", List.of(), "nowhere");

    assertThatThrownBy(() -> families.of(forgotten))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("imf_forgotten");
  }
}
