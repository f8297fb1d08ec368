package dev.imfexporter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromQlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "up == 0 | up{X} == 0",
        "up{} | up{X}",
        "up {a=\"b\"} | up {X,a=\"b\"}",
        "a{b=\"}\",c!='{'} + 1 | a{X,b=\"}\",c!='{'} + 1",
        "{__name__=~\"imf_.*\"} | {X,__name__=~\"imf_.*\"}",
        "last_over_time(a[12m]) | last_over_time(a{X}[12m])",
        "max_over_time((a and on (job, b) c)[11m:]) | max_over_time((a{X} and on (job, b) c{X})[11m:])",
        "sum by (b) (a) / sum(c) without (d) | sum by (b) (a{X}) / sum(c{X}) without (d)",
        "a * on (b) group_left () c{d=\"e\"} | a{X} * on (b) group_left () c{X,d=\"e\"}",
        "a * ignoring (b) group_right c | a{X} * ignoring (b) group_right c{X}",
        "a offset 5m UNLESS b or vector(1) | a{X} offset 5m UNLESS b{X} or vector(1)",
        "a > 1e3 + 0x1F + Inf and b != bool 2 | a{X} > 1e3 + 0x1F + Inf and b{X} != bool 2",
        "a # b is no metric | a{X} # b is no metric",
        "label_replace(a, \"b\", \"$1\", \"c\", \"(.+)\") | label_replace(a{X}, \"b\", \"$1\", \"c\", \"(.+)\")",
        "level:a:b and on (job) c | level:a:b and on (job) c{X}",
        "last_over_time(level:a:b{c=\"d\"}[1h]) | last_over_time(level:a:b{c=\"d\"}[1h])",
      })
  void putsTheMatchersOnEverySeriesThatIsNotRecorded(String expression, String selected) {
    assertThat(PromQl.select(expression, "X")).isEqualTo(selected);
  }
}
