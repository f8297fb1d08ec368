package dev.imfexporter.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.preflight.Hosts;
import dev.imfexporter.preflight.Item;
import dev.imfexporter.preflight.Preflight;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.trouble.Trouble;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportJsonTest {
  @ParameterizedTest
  @EnumSource
  void diagnosisIsReadAsItWasWritten(Trouble trouble) throws JsonProcessingException {
    DiagnosisReport diagnosis =
        DiagnosisReport.of(
            Diagnosis.of(
                dev.imfexporter.trouble.Hosts.with(trouble),
                new DayEvents.Read(List.of()),
                TimeView.utc(dev.imfexporter.trouble.Hosts.NOW)));

    assertThat(ReportJson.diagnosis(ReportJson.of(diagnosis))).isEqualTo(diagnosis);
  }

  @ParameterizedTest
  @EnumSource
  void preflightIsReadAsItWasWritten(Item item) throws JsonProcessingException {
    List<Preflight> hosts =
        List.of(
            Preflight.of(Hosts.with(item), Hosts.NOW), Preflight.of(Hosts.unreadable(), Hosts.NOW));

    assertThat(ReportJson.preflights(ReportJson.of(hosts))).isEqualTo(hosts);
  }

  @Test
  void wordsAreThoseOfTheDocuments() throws JsonProcessingException {
    Preflight host = Preflight.of(Hosts.with(Item.START_MODES), Hosts.NOW);

    JsonNode json = new ObjectMapper().readTree(ReportJson.of(List.of(host))).get(0);

    assertThat(json.path("verdict").asText()).isEqualTo("problem");
    JsonNode check =
        json.path("checks")
            .valueStream()
            .filter(each -> each.path("item").asText().equals("start_modes"))
            .findFirst()
            .orElseThrow();
    assertThat(check.path("question").asText()).isEqualTo(Item.START_MODES.question());
    assertThat(json.path("not_looked_at").toString()).contains("a backup of");
  }

  @Test
  void whatANewerVersionAddsIsPassedOverAndAnotherFormIsRefused() throws JsonProcessingException {
    assertThat(
            ReportJson.preflights("[{\"host\":\"a\",\"checks\":[],\"not_looked_at\":[],\"x\":1}]"))
        .singleElement()
        .extracting(Preflight::host)
        .isEqualTo("a");
    assertThatThrownBy(() -> ReportJson.diagnosis("<html>"))
        .isInstanceOf(JsonProcessingException.class);
  }
}
