package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.page.Headline.Tone;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.GoneVirtualServer;
import dev.imfexporter.watch.model.HostSnapshot;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeadlineTest {

  static Stream<Arguments> headlines() {
    return Stream.of(
        Arguments.of(
            Snapshots.allRunning(), Tone.WELL, List.of("All watched services are running.")),
        Arguments.of(
            Snapshots.up(),
            Tone.WELL,
            List.of(
                "All watched services that should run are running.",
                "Stopped, and not expected to run: NntpSvc.")),
        Arguments.of(
            Snapshots.midStory(),
            Tone.ATTENTION,
            List.of(
                "SMTPSVC has been STOPPED since 03:12:07 UTC (4 min 51 s).",
                "IISADMIN is START_PENDING; it has not been running since 03:12:01 UTC"
                    + " (4 min 57 s).")),
        Arguments.of(
            Snapshots.down(),
            Tone.ATTENTION,
            List.of(
                "SMTPSVC has been STOPPED since 2026-11-21 21:40:00 UTC (5 h 36 min).",
                "The collector definition failed: RegOpenKeyEx: 5 Access is denied; read access to"
                    + " SOFTWARE is needed.")),
        Arguments.of(
            Snapshots.notReadable(),
            Tone.UNREADABLE,
            List.of(
                "The host could not be read: OpenSCManager: 1722 The RPC server is unavailable.")),
        Arguments.of(
            Snapshots.servicesNotReadable(),
            Tone.UNREADABLE,
            List.of("The host could not be read: OpenSCManager: 5 Access is denied.")),
        Arguments.of(
            Snapshots.nothingApplicable(),
            Tone.NOTHING,
            List.of("Not installed: IISADMIN, SMTPSVC.")),
        Arguments.of(
            Snapshots.nothingWatched(),
            Tone.NOTHING,
            List.of("No service of this host is watched.")),
        Arguments.of(
            new HostSnapshotBuilder("mail01", Snapshots.NOW)
                .services(ServiceBuilder.running("SMTPSVC"))
                .gone(new GoneVirtualServer("SMTP 2", Snapshots.NOW.minusSeconds(300)))
                .build(),
            Tone.ATTENTION,
            List.of(
                "SMTPSVC was started anew without the virtual server SMTP 2, which was there until"
                    + " 03:11:58 UTC.",
                "All watched services are running.")),
        Arguments.of(
            new HostSnapshotBuilder("mail01", Snapshots.NOW)
                .services(
                    ServiceBuilder.running("IISADMIN")
                        .mode(StartMode.DISABLED)
                        .concerns(Concern.STAYS_DOWN_AFTER_BOOT),
                    ServiceBuilder.running("SMTPSVC")
                        .crashed(Snapshots.NOW.minusSeconds(20))
                        .recentOutages(3)
                        .concerns(Concern.CRASHED, Concern.FLAPPING))
                .build(),
            Tone.ATTENTION,
            List.of(
                "SMTPSVC stopped 3 times within 15 minutes.",
                "SMTPSVC crashed 20 s ago.",
                "IISADMIN runs and does not start automatically, so it stays down after a reboot.",
                "All watched services are running.")),
        Arguments.of(
            new HostSnapshotBuilder("mail01", Snapshots.NOW)
                .services(
                    ServiceBuilder.running("IISADMIN"),
                    ServiceBuilder.service("SMTPSVC", ServiceState.STOPPED)
                        .concerns(Concern.NEVER_RAN))
                .build(),
            Tone.ATTENTION,
            List.of(
                "SMTPSVC starts automatically and is STOPPED, and nothing shows that it ever"
                    + " ran.")),
        Arguments.of(
            Snapshots.downUnseen(),
            Tone.ATTENTION,
            List.of("SMTPSVC is STOPPED and should be running.", "IISADMIN is STOP_PENDING.")));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("headlines")
  void saysWhatIsWrongMailFirst(HostSnapshot snapshot, Tone tone, List<String> sentences) {
    assertThat(Headline.of(snapshot, Snapshots.NOW)).isEqualTo(new Headline(tone, sentences));
  }
}
