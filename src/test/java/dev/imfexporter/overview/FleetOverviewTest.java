package dev.imfexporter.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.page.FleetSnapshots;
import dev.imfexporter.page.Snapshots;
import org.junit.jupiter.api.Test;

class FleetOverviewTest {
  /** Who reads from the top begins where mail has waited longest, not where the name begins. */
  @Test
  void ofHostsWithHaltedMailTheLongestHaltIsFirst() {
    FleetOverview fleet =
        FleetOverview.of(FleetSnapshots.threeInTrouble(40, "KB5031362"), Snapshots.NOW);

    assertThat(fleet.hosts().subList(0, 4))
        .extracting(HostOverview::name)
        .containsExactly("mail023", "mail007", "mail031", "mail001");
  }
}
