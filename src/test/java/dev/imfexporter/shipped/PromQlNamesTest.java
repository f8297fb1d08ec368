package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.shipped.PromQlNames.LabelMatcher;
import dev.imfexporter.shipped.PromQlNames.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "up | up",
        "a:b:rate5m + 2 * _x | a:b:rate5m _x",
        "sum(a) by (l) / SUM BY (l) (b) | a b",
        "a and b or c unless d atan2 e == bool f | a b c d e f",
        "a offset 5m - b offset -1h30m @ 1609746000 - c @ end() | a b c",
        "rate(a_total[5m:30s]) > 1e3 + .5 + 0x1F + Inf + NaN | a_total",
        "max_over_time((a > 1)[1h:1m]) | a",
        "quantile_over_time(0.9, a[1h]) | a",
        "a # b is no metric | a",
        "a{x=\"b{c} or d\", y!~'e'} + time() | a",
        "{__name__=\"a\", x=\"y\"} + {\"b\", x=`z`} | a b",
        "count_values(\"v\", a) | a",
        "absent(a{}) or vector(1) | a",
        "histogram_quantile(0.9, sum by (le) (rate(a_bucket[$__rate_interval]))) | a_bucket",
        "sum | sum",
      })
  void findsMetrics(String expression, String metrics) {
    assertThat(PromQlNames.of(expression).selectors())
        .extracting(Selector::metric)
        .containsExactly(metrics.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "sum by (l, m) (a) | l m",
        "sum(a) without (l) | l",
        "a * on (l) group_left (m, n) b | l m n",
        "a / ignoring(l) group_right b | l",
        "a and on () b | ",
        "label_join(a, \"made\", \" \", \"l\", \"m\") | l m",
        "label_replace(a, \"made\", \"$1\", \"l\", \"(.+)\") | l",
        "topk(3, a{not_listed=\"x\"}) | ",
      })
  void findsLabelsOfGroupingsJoinsAndFunctions(String expression, String labels) {
    String[] expected = labels == null ? new String[0] : labels.split(" ");
    assertThat(PromQlNames.of(expression).labels()).containsExactlyInAnyOrder(expected);
  }

  @Test
  void tellsTheLabelsThatAnExpressionMakes() {
    PromQlNames names =
        PromQlNames.of(
            "label_join(a, \"j\", \"-\", \"l\") + label_replace(b, \"r\", \"x\", \"l\", \"\")"
                + " + count_values(\"v\", c)");
    assertThat(names.made()).containsExactlyInAnyOrder("j", "r", "v");
  }

  @Test
  void keepsMatchersRangeAndTheFunctionAround() {
    assertThat(
            PromQlNames.of("sum(rate(a_total{job=~\"$job\",x!='\\'y'}[$__rate_interval]))")
                .selectors())
        .containsExactly(
            new Selector(
                "a_total",
                List.of(new LabelMatcher("job", "=~", "$job"), new LabelMatcher("x", "!=", "\\'y")),
                "$__rate_interval",
                "rate"));
    assertThat(PromQlNames.of("sum by (l) (a) + b").selectors())
        .extracting(Selector::function)
        .containsExactly("sum", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{x=\"y\"",
        "sum(a",
        "a)",
        "sum by (l",
        "sum by (l) a",
        "a{x=y}",
        "{x=\"y\"}",
        "a{x=\"y}",
        "rate(a[5m)",
        "a ? b",
        "sum by (+) (a)",
      })
  void refusesWhatItDoesNotUnderstand(String expression) {
    assertThatThrownBy(() -> PromQlNames.of(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expression);
  }
}
