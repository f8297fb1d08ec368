package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.RegistryValue.Binary;
import dev.imfexporter.access.RegistryValue.Numeric;
import dev.imfexporter.access.RegistryValue.Text;
import dev.imfexporter.access.RegistryValue.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FilterReadingTest {
  private static final String KEY = "SOFTWARE\\Microsoft\\Exchange\\ContentFilter";
  private static final String BINDINGS = "ContentFilterBindings";

  private final Counters counters = new Counters("MSExchange Intelligent Message Filter");
  private final BareHost host = new BareHost();
  private Instant now = Instant.parse("2007-03-21T22:00:00Z");
  private final FilterReading reading = new FilterReading(() -> now);

  FilterReadingTest() {
    host.performanceData = counters;
    host.value(View.BITS_32, KEY, BINDINGS, new Text("/LM/SMTPSVC/1"));
  }

  @Test
  void countersAreKnownHoweverTheirNamesAreSpelled() throws Exception {
    counters
        .counter("total messages scanned for UCE", 120)
        .counter("Messages Scanned for UCE/sec", 120)
        .counter("% UCE out of Total Messages Scanned", 9)
        .counter("Total UCE  Messages Acted Upon", 30)
        .counter("Total Messages Assigned an SCL Rating of 0", 80)
        .counter("%Total Messages Assigned an SCL Rating of 9 ", 7);

    assertThat(reading.take(host))
        .isEqualTo(
            new Filter(
                Optional.of(true), Optional.of(120L), Optional.of(30L), Map.of(0, 80L, 9, 7L)));
  }

  @Test
  void instancesAreAddedUpWithoutTheirTotal() throws Exception {
    counters.counter("Total Messages Scanned for UCE", 120).instances("_Total", "vsi 1", "vsi 2");

    assertThat(reading.take(host).scanned()).contains(240L);
  }

  @Test
  void absentObjectIsNormalUntilTheFirstMessage() throws Exception {
    counters.counter("Total Messages Scanned for UCE", 1).offered = false;

    assertThatThrownBy(() -> reading.take(host))
        .isInstanceOf(NotApplicable.class)
        .hasMessage(
            "The filter has not scanned a message since SMTPSVC started; it has no counters until"
                + " then");
    counters.offered = true;
    assertThat(reading.take(host).scanned()).contains(1L);
  }

  @Test
  void filterThatIsNotEnabledIsReadWithoutCounters() throws Exception {
    host.value(View.BITS_32, KEY, BINDINGS, new Text(""));
    counters.offered = false;

    assertThat(reading.take(host))
        .isEqualTo(new Filter(Optional.of(false), Optional.empty(), Optional.empty(), Map.of()));
  }

  @ParameterizedTest
  @MethodSource
  void bindingsTellWhetherItIsEnabled(RegistryValue bindings, Optional<Boolean> enabled)
      throws Exception {
    host.value(View.BITS_32, KEY, BINDINGS, bindings);
    counters.counter("Total Messages Scanned for UCE", 1);

    assertThat(reading.take(host).enabled()).isEqualTo(enabled);
  }

  static List<Arguments> bindingsTellWhetherItIsEnabled() {
    return List.of(
        Arguments.of(new Text("1"), Optional.of(true)),
        Arguments.of(new Text(" "), Optional.of(false)),
        Arguments.of(new Texts(List.of("", "1")), Optional.of(true)),
        Arguments.of(new Texts(List.of()), Optional.of(false)),
        Arguments.of(new Binary("00ff"), Optional.of(true)),
        Arguments.of(new Binary(""), Optional.of(false)),
        Arguments.of(new Numeric(0), Optional.empty()));
  }

  @Test
  void keyWithoutBindingsDoesNotSay() throws Exception {
    BareHost bare = new BareHost().key(View.BITS_32, KEY, now);
    bare.performanceData = counters.counter("Total Messages Scanned for UCE", 1);

    assertThat(reading.take(bare).enabled()).isEmpty();
  }

  @Test
  void hostWithoutTheFilterIsNotAskedForItsCounters() {
    BareHost bare = new BareHost();
    bare.performanceData = counters;

    assertThatThrownBy(() -> reading.take(bare))
        .isInstanceOf(NotApplicable.class)
        .hasMessage("The Intelligent Message Filter is not installed");
    assertThat(counters.queries).isEmpty();
  }

  @Test
  void objectOfOtherCountersFailsTheReadingAndIsShown() {
    counters.counter("Something\u0007 else", 5);

    assertThatThrownBy(() -> reading.take(host))
        .isInstanceOf(AccessException.Missing.class)
        .hasMessage(
            "The performance object \"MSExchange Intelligent Message Filter\" has none of the"
                + " filter's counters, but \"Something? else\"");
  }

  @Test
  void tableOfNamesIsReadOnceWhileTheObjectIsThere() throws Exception {
    counters.counter("Total Messages Scanned for UCE", 1);
    reading.take(host);
    reading.take(host);

    assertThat(counters.queries).containsExactly("Counter 009", "7000", "7000");
  }

  @Test
  void tableOfNamesIsReadAgainSeldomWhileTheObjectIsAbsent() throws Exception {
    counters.counter("Total Messages Scanned for UCE", 1).offered = false;
    for (int minute = 0; minute <= 10; minute++) {
      assertThatThrownBy(() -> reading.take(host)).isInstanceOf(NotApplicable.class);
      now = now.plus(Duration.ofMinutes(1));
    }

    assertThat(counters.queries).filteredOn("Counter 009"::equals).hasSize(2);
    assertThat(counters.releases).as("providers loaded anew").isEqualTo(1);
  }

  @Test
  void objectIsFoundAgainWhenASetUpMovedIt() throws Exception {
    counters.counter("Total Messages Scanned for UCE", 1);
    reading.take(host);
    counters.at(8_000);
    now = now.plus(Duration.ofMinutes(10));

    assertThat(reading.take(host).scanned()).contains(1L);
  }
}
