package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.shipped.DashboardQueries.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What holds for the dashboards together. */
class DashboardsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path IMPORT = Path.of("grafana/import");

  /**
   * Each says in another way what a board shows, or helps only once the direction is known: then
   * the page of the host and a query of one's own say more than one more panel.
   */
  private static final Set<String> WITHOUT_A_PANEL =
      Set.of(
          "imf_component_wait_seconds",
          "imf_definition_build",
          "imf_definition_changes_total",
          "imf_definition_installed_timestamp_seconds",
          "imf_filter_messages_rated_total",
          "imf_filter_messages_scanned_total",
          "imf_mail_nearly_all_bounces",
          "imf_service_last_stop_timestamp_seconds",
          "imf_exporter_web_config_last_reload_successful",
          "imf_exporter_web_certificate_not_after_timestamp_seconds",
          "imf_service_left_stopped",
          "imf_service_state_source",
          "imf_smtp_banner_duration_seconds",
          "imf_smtp_dialogue_duration_seconds",
          "imf_smtp_dns_queries_total",
          "imf_smtp_dsn_failures_total",
          "imf_smtp_etrn_messages_total",
          "imf_smtp_folder_bytes",
          "imf_smtp_folder_complete",
          "imf_smtp_inbound_connections_open",
          "imf_smtp_inbound_connections_total",
          "imf_smtp_mail_files_open",
          "imf_smtp_message_received_bytes_total",
          "imf_smtp_message_sent_bytes_total",
          "imf_smtp_messages_in_local_delivery",
          "imf_smtp_messages_submitted_total",
          "imf_smtp_outbound_connections_open",
          "imf_smtp_outbound_connections_total",
          "imf_smtp_pickup_messages_retrieved_total",
          "imf_smtp_queue_files_open",
          "imf_smtp_received_bytes_total",
          "imf_smtp_routing_table_lookups_total",
          "imf_smtp_sent_bytes_total",
          "imf_smtp_tls_certificate_info",
          "imf_smtp_tls_certificate_not_before_timestamp_seconds",
          "imf_smtp_tls_info",
          "imf_update_episodes_total",
          "imf_update_last_episode_changes",
          "imf_update_recovery_duration_seconds");

  @Test
  void haveTheNamesThatLinksAndPeopleRemember() throws IOException {
    assertThat(DashboardTest.uids())
        .containsExactly("imf-exporter", "imf-fleet", "imf-host", "imf-update-episodes");
  }

  /** Grafana asks for the data source and the exporter's address; all else is the same. */
  @Test
  void haveAFormForImportByHand() throws IOException {
    for (String uid : DashboardTest.uids()) {
      Path file = IMPORT.resolve(uid + ".json");
      ObjectNode imported = (ObjectNode) JSON.readTree(file.toFile());
      assertThat(imported.path("__inputs"))
          .extracting(input -> input.path("name").asText())
          .containsExactly("DS_PROMETHEUS", "VAR_EXPORTER");
      assertThat(Files.readString(file)).contains("${DS_PROMETHEUS}", "${VAR_EXPORTER}");
      JsonNode provisioned = JSON.readTree(DashboardTest.FOLDER.resolve(uid + ".json").toFile());
      imported.remove("__inputs");
      imported.remove("__elements");
      imported.remove("__requires");
      imported.set("templating", provisioned.path("templating"));
      assertThat((JsonNode) imported).as(uid).isEqualTo(provisioned);
    }
  }

  /** A new metric gets a place on a board, or its name above. */
  @Test
  void showEveryMetric() throws IOException {
    Set<String> without = new TreeSet<>();
    Catalogue.groups().forEach(group -> group.specs().forEach(spec -> without.add(spec.name())));
    for (String uid : DashboardTest.uids()) {
      for (Query query : DashboardQueries.read(DashboardTest.FOLDER.resolve(uid + ".json"))) {
        for (PromQlNames.Selector selector : PromQlNames.of(query.expr()).selectors()) {
          without.removeIf(name -> selector.metric().matches(name + "(_sum|_count)?"));
        }
      }
    }
    assertThat(without).containsExactlyInAnyOrderElementsOf(WITHOUT_A_PANEL);
  }
}
