package dev.imfexporter.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.OutageBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartsTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T03:00:00Z");

  @Test
  void oneThatStartedAllNeedsNoNames() {
    Episode episode =
        episode(ended("SMTPSVC", StartedBy.ADMINISTRATOR), ended("RESvc", StartedBy.ADMINISTRATOR));

    assertThat(episode.starts().phrase()).isEqualTo("an administrator");
    assertThat(episode.starts().words()).isEqualTo("administrator");
  }

  @Test
  void ofSeveralEachHasItsServices() {
    Episode episode =
        episode(
            ended("SMTPSVC", StartedBy.ADMINISTRATOR),
            ended("IISADMIN", StartedBy.RECOVERY_ACTION),
            ended("RESvc", StartedBy.ADMINISTRATOR));

    assertThat(episode.starts().phrase())
        .isEqualTo("a recovery action of Windows (IISADMIN), an administrator (SMTPSVC and RESvc)");
    assertThat(episode.starts().words()).isEqualTo("recovery action, administrator");
    assertThat(episode.starts().by(StartedBy.ADMINISTRATOR)).containsExactly("SMTPSVC", "RESvc");
    assertThat(episode.startedBy()).contains(StartedBy.RECOVERY_ACTION);
  }

  @Test
  void aServiceThatIsStillOutWasStartedByNone() {
    Episode episode = episode(ended("SMTPSVC", StartedBy.BOOT), outage("RESvc").build());

    assertThat(episode.starts().phrase()).isEqualTo("the boot of the host (SMTPSVC)");
    assertThat(episode(outage("RESvc").build()).starts().phrase()).isEmpty();
  }

  private static Episode episode(Outage... outages) {
    return new EpisodeBuilder(1, BEGAN, List.of(outages)).build();
  }

  private static Outage ended(String service, StartedBy by) {
    return outage(service).ended(BEGAN.plusSeconds(60), by).build();
  }

  private static OutageBuilder outage(String service) {
    return OutageBuilder.outage(service, BEGAN);
  }
}
