package dev.imfexporter.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.fact.EventFact;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.ServiceFact;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactJsonTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:17:20Z");

  static Stream<Class<? extends Fact>> kinds() {
    return FactJson.KINDS.values().stream().sorted(Comparator.comparing(Class::getName));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyFactComesBackAsItWas(Class<? extends Fact> kind) {
    for (int seed = 0; seed < 200; seed++) {
      Fact fact = new Generated(seed).of(kind);
      String line = FactJson.write(NOW, fact);
      assertThat(line).doesNotContain("\n");
      assertThat(FactJson.read(line)).isEqualTo(new FactJson.Line.Known(NOW, fact, 0));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noFactHidesTheTimeOrTheName(Class<? extends Fact> kind) {
    assertThat(Arrays.stream(kind.getRecordComponents()).map(RecordComponent::getName))
        .doesNotContain("written", "fact");
  }

  @Test
  void namesAreThoseOfTheRecords() {
    assertThat(FactJson.KINDS)
        .containsEntry("outage_settled", ServiceFact.OutageSettled.class)
        .containsEntry("log_read", EventFact.LogRead.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyFactHasAnExampleInTheDocumentation(Class<? extends Fact> kind) throws IOException {
    assertThat(examples().map(line -> known(line).fact()))
        .as("docs/journal.md, such as " + FactJson.write(NOW, new Generated(0).of(kind)))
        .anyMatch(kind::isInstance);
  }

  @Test
  void everyExampleInTheDocumentationIsWhatIsWritten() throws IOException {
    assertThat(examples())
        .isNotEmpty()
        .allSatisfy(
            line -> {
              FactJson.Line.Known known = known(line);
              assertThat(FactJson.write(known.written(), known.fact())).isEqualTo(line);
            });
  }

  @Test
  void otherVersionsAreUnderstoodAsFarAsPossible() {
    String line = FactJson.write(NOW, Facts.outage(0));

    assertThat(FactJson.read(line.replace("\"outage_settled\"", "\"undone\"")))
        .isEqualTo(new FactJson.Line.Unknown("undone"));
    assertThat(FactJson.read(line.replace("\"notification\"", "\"hearsay\"")))
        .isEqualTo(new FactJson.Line.Unknown("hearsay"));
    assertThat(FactJson.read(line.replace("\"stop\"", "\"pause\"")))
        .isEqualTo(new FactJson.Line.Unknown("pause"));
    assertThat(
            FactJson.read(
                line.replace("{\"service\"", "{\"deeper\":[{\"a\":1}],\"why\":\"x\",\"service\"")))
        .isEqualTo(new FactJson.Line.Known(NOW, Facts.outage(0), 2));
  }

  @Test
  void whatAnOlderVersionDidNotWriteIsEmpty() {
    assertThat(
            FactJson.read(
                "{\"written\":\"2026-11-22T03:17:20Z\",\"fact\":\"log_read\",\"log\":\"System\"}"))
        .isEqualTo(
            new FactJson.Line.Known(
                NOW,
                new EventFact.LogRead(
                    "System",
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    0,
                    List.of()),
                0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "[]",
        "{}",
        "{\"fact\":\"settled\"}",
        "{\"written\":\"2026-11-22T03:17:20Z\",\"fact\":7}",
        "{\"written\":\"2026-11-22T03:17:20Z\",\"fact\":\"settled\"}",
        "{\"written\":\"2026-11-22T03:17:20Z\",\"fact\":\"settled\",\"outage\":{}}",
        "{\"written\":\"2026-11-22T03:17:20Z\",\"fact\":\"settled\",\"outage\":7}",
        "{\"written\":\"yesterday\",\"fact\":\"log_read\",\"log\":\"System\"}",
        "{\"written\":null,\"fact\":\"log_read\",\"log\":\"System\"}",
        "{\"written\":\"2026-11-22T03:17:20Z\",\"fact\":\"log_read\",\"log\":\"System\"}{}",
        "{\"written\":\"2026-11-22T03:17:20Z\",\"fact\":\"log_read\",\"log\":\"Sys",
      })
  void noFacts(String line) {
    assertThat(FactJson.read(line)).isEqualTo(new FactJson.Line.Damaged());
  }

  private static Stream<String> examples() throws IOException {
    return Pattern.compile("(?m)^\\{.*}$")
        .matcher(Files.readString(Path.of("docs/journal.md")))
        .results()
        .map(MatchResult::group);
  }

  private static FactJson.Line.Known known(String line) {
    assertThat(FactJson.read(line)).isInstanceOf(FactJson.Line.Known.class);
    return (FactJson.Line.Known) FactJson.read(line);
  }
}
