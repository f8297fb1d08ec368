package dev.imfexporter.trouble;

import static dev.imfexporter.testing.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.imfexporter.Golden;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TroublesTest {
  @ParameterizedTest
  @EnumSource
  void isLikelyOnAHostThatHasIt(Trouble trouble) {
    assertThat(likely(Troubles.of(Hosts.with(trouble)), trouble)).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void isNotLikelyOnAHostThatNearlyHasIt(Trouble trouble) {
    assertThat(likely(Troubles.of(Hosts.nearly(trouble)), trouble)).isEmpty();
  }

  /** A host has one trouble, and no second one is seen in the same evidence. */
  @ParameterizedTest
  @EnumSource
  void noOtherTroubleIsLikely(Trouble trouble) {
    List<Trouble> likely =
        Troubles.of(Hosts.with(trouble)).likely().stream().map(Cause::trouble).toList();
    if (trouble == Trouble.STOPS_AGAIN) {
      assertThat(likely).containsExactly(trouble, Trouble.SERVICE_EXIT_CODE);
    } else {
      assertThat(likely).containsExactly(trouble);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNotKnownOfAHostThatCannotBeRead(Trouble trouble) {
    assertThat(Troubles.of(Hosts.unreadable()).matches().get(trouble)).isEqualTo(Match.NOT_KNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void isAbsentFromAHealthyHost(Trouble trouble) {
    assertThat(Troubles.of(Hosts.healthy()).matches().get(trouble)).isEqualTo(Match.NO);
  }

  @ParameterizedTest
  @EnumSource
  void givesEvidenceAndStepsWithTheNameOfTheHostAndNoBareNumber(Trouble trouble) {
    Cause cause = likely(Troubles.of(Hosts.with(trouble)), trouble).orElseThrow();
    assertThat(cause.evidence()).isNotEmpty().allMatch(sentence -> sentence.endsWith("."));
    assertThat(cause.steps()).isNotEmpty();
    assertThat(String.join("\n", cause.steps())).containsAnyOf("mail01", "SMTPSVC");
    assertThat(String.join("\n", cause.evidence())).doesNotContainPattern("2147|2148");
    assertThat(cause.steps())
        .filteredOn(step -> step.matches(".*(?:dir /\\w|(?:cscript|findstr) [^.]*%\\w+%).*"))
        .allMatch(step -> step.toLowerCase(Locale.ROOT).contains("at a command prompt"));
  }

  /** It stands on one line of a terminal, to be copied. */
  @ParameterizedTest
  @EnumSource
  void addressOfTheArticleIsShort(Trouble trouble) {
    assertThat(trouble.article()).startsWith("https://").hasSizeLessThanOrEqualTo(90);
  }

  @Test
  void aHostThatHasSentMailSinceItsBootIsNotStoppedByItsStartMode() {
    assertThat(likely(Troubles.of(Hosts.automaticAndSending()), Trouble.AUTOMATIC_ON_2019))
        .isEmpty();
  }

  /** docs/troubles.md is the table, with what diagnose says of the hosts of this test. */
  @Test
  void documentIsTheTable() throws IOException {
    StringBuilder doc =
        new StringBuilder(
            """
            # Known troubles

            Generated from the table (`dev.imfexporter.trouble.Trouble`) by `mvn test -Dgolden.update`; do not
            edit. The exporter compares what it knows of a host with the signatures of these troubles. A match is
            shown by `imf-exporter diagnose` and on the page of the host, with its evidence and steps;
            `imf_known_trouble` is 1 for it, and the alerts carry it as `cause`. A trouble whose evidence could
            not be read has no series.

            %s

            The evidence and the steps are those of an example.
            """
                .formatted(Trouble.WARNING.replace(". If", ".\nIf")));
    for (Trouble trouble : Trouble.values()) {
      Cause cause = likely(Troubles.of(Hosts.with(trouble)), trouble).orElseThrow();
      doc.append("\n## ").append(trouble.word()).append("\n\n");
      doc.append(trouble.title()).append(".\n\n");
      cause.evidence().forEach(sentence -> doc.append("> ").append(sentence).append("\n"));
      doc.append("\n");
      cause.steps().forEach(step -> doc.append("1. ").append(step).append("\n"));
      doc.append("\nRead: <").append(trouble.article()).append(">\n");
    }
    Golden.assertMatches(Path.of("docs/troubles.md"), doc.toString());
  }

  /** The own codes of a service have another meaning than those of Windows. */
  @Test
  void ownCodeOfAServiceIsNoCodeOfWindows() {
    assertThat(Troubles.of(Hosts.stoppedWithItsOwn(1069)).likely()).isEmpty();
  }

  /** It resets nothing before it is installed. */
  @Test
  void updateThatBeganHasResetNothing() {
    assertThat(Troubles.of(Hosts.failingSinceItBegan("KB976323")).likely()).isEmpty();
  }

  /** The host says how the services that depend on IIS Admin are called. */
  @Test
  void aNameThatTheHostSaysAddsNothingToACommand() {
    HostSnapshot host =
        new HostSnapshotBuilder("mail01", Hosts.NOW)
            .services(
                service("x&calc", ServiceState.STOPPED)
                    .mode(StartMode.DISABLED)
                    .exit(1068)
                    .downSince(Hosts.NOW.minusSeconds(600))
                    .standing(Standing.LEFT_DOWN_BY_UPDATE))
            .build();

    Troubles troubles = Troubles.of(host);

    assertThat(likely(troubles, Trouble.LEFT_DISABLED).orElseThrow().steps())
        .containsExactly(
            "On mail01: sc.exe config \"x&calc\" start= auto, then net start \"x&calc\".");
    assertThat(likely(troubles, Trouble.SERVICE_EXIT_CODE).orElseThrow().steps())
        .singleElement(STRING)
        .startsWith("x&calc waits for a service that did not start: sc.exe qc \"x&calc\" names");
  }

  private static Optional<Cause> likely(Troubles troubles, Trouble trouble) {
    return troubles.likely().stream().filter(cause -> cause.trouble() == trouble).findFirst();
  }

  /** They come a moment after the service runs. */
  @Test
  void countersOfAServiceThatHasJustStartedAreNotMissing() {
    HostSnapshotBuilder host =
        new HostSnapshotBuilder("mail01", Hosts.NOW)
            .services(
                ServiceBuilder.running("IISADMIN"),
                ServiceBuilder.running("SMTPSVC").started(Hosts.NOW.minusSeconds(5)))
            .failed(CollectorKey.SMTP, "no performance object", ErrorReason.MISSING);

    assertThat(Troubles.of(host.build()).matches().get(Trouble.COUNTERS_MISSING))
        .isEqualTo(Match.NOT_KNOWN);
  }
}
