package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.diagnosis.Summary;
import dev.imfexporter.page.Headline.Tone;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeadlineTest {

  static Stream<Arguments> headlines() {
    return Stream.of(
        Arguments.of(
            running().mailFlow(MailFlow.State.FLOWING).build(),
            Tone.WELL,
            List.of("mail01 is healthy: everything that should run does, and mail flows.")),
        Arguments.of(
            Snapshots.up(),
            Tone.UNSETTLED,
            List.of(
                "mail01 runs everything that it should; whether mail flows cannot be told from"
                    + " here.")),
        Arguments.of(
            running()
                .mailFlow(MailFlow.State.FLOWING)
                .openEpisode(new EpisodeBuilder(3, Snapshots.NOW, List.of()).build())
                .build(),
            Tone.UNSETTLED,
            List.of(
                "mail01 runs everything that it should; an update is under way and may yet restart"
                    + " it.")),
        Arguments.of(
            Snapshots.midStory(),
            Tone.ATTENTION,
            List.of(
                "Mail on mail01 is interrupted: IISADMIN is start pending, out for 4 min 57 s,"
                    + " SMTPSVC is stopped, out for 4 min 56 s.")),
        Arguments.of(
            running()
                .mailFlow(MailFlow.State.FLOWING)
                .failed(CollectorKey.DEFINITION, "Access is denied")
                .build(),
            Tone.ATTENTION,
            List.of(
                "mail01 is healthy: everything that should run does, and mail flows. Not everything"
                    + " could be read: definition.")),
        Arguments.of(
            Snapshots.notReadable(),
            Tone.UNREADABLE,
            List.of(
                "mail02 cannot be read: whether mail flows is not known.",
                "OpenSCManager: 1722 The RPC server is unavailable.")),
        Arguments.of(
            new HostSnapshotBuilder("mail03", Snapshots.NOW)
                .result(CollectorKey.SERVICES, new Result.NotReadYet<>())
                .build(),
            Tone.NOT_READ_YET,
            List.of("mail03 was not read yet: whether mail flows is not known.")),
        Arguments.of(
            Snapshots.nothingApplicable(),
            Tone.NOTHING,
            List.of("files03 has neither IIS Admin nor IIS SMTP: there is nothing to diagnose.")));
  }

  private static HostSnapshotBuilder running() {
    return new HostSnapshotBuilder("mail01", Snapshots.NOW)
        .services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC"));
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("headlines")
  void saysWhatTheDiagnosisSays(HostSnapshot snapshot, Tone tone, List<String> sentences) {
    Summary summary = Summary.of(snapshot, TimeView.utc(Snapshots.NOW));

    assertThat(Headline.of(summary, List.of(), snapshot)).isEqualTo(new Headline(tone, sentences));
  }
}
