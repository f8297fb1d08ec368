package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ReceiptTest {

  @Test
  void theDigestIsThatOfTheEvidenceAsItStands() throws Exception {
    Receipt receipt = Receipt.of(Snapshots.recovered(), 3).orElseThrow();

    JsonNode json = new ObjectMapper().readTree(receipt.json());
    assertThat(json.get("evidence").toString()).isEqualTo(receipt.evidence());
    assertThat(json.get("sha256").textValue()).isEqualTo(receipt.digest());
    // printf '%s' EVIDENCE | sha256sum
    assertThat(receipt.digest())
        .isEqualTo("65abdd396df351cb966e43eb2e5df2c3e034cc4b9f0ebf8a3ab660d04a4c8f18");
  }

  @Test
  void whatMayHaveHeldUpIisAdminIsPartOfTheEvidence() {
    assertThat(Receipt.of(Snapshots.heldUp(), 3).orElseThrow().evidence())
        .contains("\"suspects\":[\"csmtpsink.dll\"]")
        .contains("\"provider\":\"Contoso Mail Scanner\"");
  }

  @Test
  void theEvidenceIsCanonical() {
    assertThat(Receipt.of(Snapshots.recovered(), 3).orElseThrow().evidence())
        .startsWith("{\"began\":\"2026-11-22T02:04:58Z\",\"boots\":[],\"changes\":{\"kinds\":[")
        .contains(
            "\"closed\":\"2026-11-22T02:14:00Z\",\"episode\":3,\"followed\":true,\"halted\":true,\"host\":\"mail01\",")
        .contains("\"phase_ms\":{\"down\":388000,\"start\":5000,\"stop\":1000}")
        .doesNotContain(": ", "\n");
  }
}
