package dev.imfexporter.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.UpdateSchedule;
import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.testing.Waits;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.trouble.Hosts;
import dev.imfexporter.trouble.Trouble;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.GoneVirtualServer;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailFlow.State;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.PendingUpdate;
import dev.imfexporter.watch.model.SmtpAddress;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.Standing;
import dev.imfexporter.watch.model.StartedBy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sentences of a diagnosis in situations in which an earlier version was wrong. */
class DiagnosisTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");
  private static final Instant BEGAN = NOW.minusSeconds(600);
  private static final String HELD_UP = "What may have held up IIS Admin?";
  private static final String NEXT = "When may mail restart next?";

  private final HostSnapshotBuilder host =
      new HostSnapshotBuilder("mail01", NOW)
          .ok(CollectorKey.EVENTS, new Events(List.of()))
          .mailFlow(State.IDLE);

  @Test
  void crashLoopIsNoHealth() {
    host.services(ServiceBuilder.running("IISADMIN"))
        .services(
            ServiceBuilder.running("SMTPSVC")
                .crashed(NOW.minusSeconds(20))
                .recentOutages(3)
                .concerns(Concern.CRASHED, Concern.FLAPPING));

    Diagnosis diagnosis = diagnosis();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.AT_RISK);
    assertThat(diagnosis.summary().headline())
        .isEqualTo(
            "mail01 needs attention: SMTPSVC stopped 3 times within 15 minutes; SMTPSVC crashed"
                + " 20 s ago.");
    assertThat(finding(diagnosis, "Is SMTP up?").tone()).isEqualTo(Tone.NEUTRAL);
    assertThat(diagnosis.nextSteps())
        .hasSize(2)
        .anySatisfy(step -> assertThat(step).contains("dump of inetinfo.exe"))
        .anySatisfy(step -> assertThat(step).contains("sc.exe qfailure SMTPSVC"));
  }

  @Test
  void eachServiceThatStaysDownAfterRebootIsNamedWithItsCommand() {
    host.services(
        ServiceBuilder.running("IISADMIN")
            .mode(StartMode.DISABLED)
            .concerns(Concern.STAYS_DOWN_AFTER_BOOT),
        ServiceBuilder.running("SMTPSVC").mode(StartMode.MANUAL),
        ServiceBuilder.running("RESvc")
            .mode(StartMode.MANUAL)
            .concerns(Concern.STAYS_DOWN_AFTER_BOOT));

    Diagnosis diagnosis = diagnosis();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.AT_RISK);
    assertThat(String.join("\n", diagnosis.nextSteps()))
        .contains("sc.exe config IISADMIN start= auto")
        .contains("sc.exe config SMTPSVC start= auto")
        .contains("sc.exe config RESvc start= auto")
        .doesNotContain("(sc ");
  }

  @Test
  void theRestartToComeIsForetold() {
    host.pending(pending("Cumulative Update (KB5032198)"), pending("Service Pack 3"));
    host.ok(
        CollectorKey.UPDATE_SCHEDULE,
        new UpdateSchedule(
            Optional.of(DayOfWeek.SUNDAY), 20, ZoneOffset.UTC.getRules(), ZoneOffset.UTC));

    assertThat(finding(diagnosis(), NEXT).answers())
        .containsExactly(
            "Mail on mail01 may restart on Sun 2026-11-22 at 20:00 (20:00:00 UTC, in 16 h 40 min):"
                + " 2 updates are scheduled.",
            "Pending: Cumulative Update (KB5032198); Service Pack 3.");
  }

  @Test
  void whereNothingSaysWhenItSaysWhyNot() {
    host.pending(pending("1"), pending("2"), pending("3"), pending("4"), pending("5"));
    host.pending(pending("6"));
    host.notApplicable(
        CollectorKey.UPDATE_SCHEDULE, "Updates are installed during automatic maintenance");
    host.ok(
        CollectorKey.HOST,
        new HostClockState(
            NOW, Duration.ZERO, Duration.ofDays(9), Optional.of(NOW.minusSeconds(86_400))));

    assertThat(finding(diagnosis(), NEXT).answers())
        .containsExactly(
            "6 updates are pending; when they will be installed is not known: Updates are installed"
                + " during automatic maintenance.",
            "Pending: 1; 2; 3; 4; 5; and 1 more.",
            "Since 2026-11-21 03:20:00 UTC, Windows has been waiting for a reboot to complete an"
                + " update.");
  }

  @Test
  void aHostThatWaitsForNothingIsNotAsked() {
    assertThat(diagnosis().findings()).extracting(Finding::question).doesNotContain(NEXT);
  }

  @Test
  void whereModulesCannotBeListedItSaysSoAndTellsWhatWasLogged() {
    Outage outage =
        OutageBuilder.outage("IISADMIN", BEGAN)
            .ended(BEGAN.plusSeconds(300), StartedBy.UNATTRIBUTED)
            .build();
    host.result(
            CollectorKey.COMPONENTS,
            new Result.Unsupported<>("No protocol over SMB lists the modules of a process"))
        .outages(outage)
        .waits(
            Waits.stop(BEGAN)
                .event(
                    new ComponentWait.VendorEvent(
                        "Contoso Mail Scanner", 17, Level.ERROR, BEGAN.plusSeconds(59)))
                .took(60));

    assertThat(finding(diagnosis(), HELD_UP).answers())
        .containsExactly(
            "IIS Admin's stop, seen from 2026-11-22 03:10:00 UTC on, took 1 min; typically it takes"
                + " 5 s.",
            "The modules of inetinfo.exe were not listed meanwhile, so none is named: No protocol"
                + " over SMB lists the modules of a process.",
            "What other makers' sources logged about that time, in its order: 03:10:59 UTC Contoso"
                + " Mail Scanner 17 (error).");
  }

  @Test
  void aModuleThatMayHoldUpTheStopIsNamedWhileItLasts() {
    host.outages(OutageBuilder.outage("IISADMIN", BEGAN).build())
        .waiting(Waits.stop(BEGAN).listed(200, Waits.SINK).lasting(200));

    assertThat(finding(diagnosis(), HELD_UP).answers())
        .contains(
            "IIS Admin's stop, seen from 2026-11-22 03:10:00 UTC on, has taken 3 min 20 s so far;"
                + " typically it takes 5 s.",
            "csmtpsink.dll 4.1.2.0 (Contoso) was still loaded for 3 min 19 s of the 3 min 20 s of"
                + " the stop.",
            WaitWords.CAUTION);
  }

  @Test
  void withoutAStopOrStartThatWasWatchedNothingIsAskedAboutIt() {
    assertThat(diagnosis().findings()).extracting(Finding::question).doesNotContain(HELD_UP);
  }

  private static PendingUpdate pending(String title) {
    return new PendingUpdate("", title, BEGAN);
  }

  /** The default of SMTPSVC since Server 2008: advice, but no alarm. */
  @Test
  void manualStartThatDidNotChangeIsAdvice() {
    host.services(
        ServiceBuilder.running("IISADMIN"),
        ServiceBuilder.running("SMTPSVC").mode(StartMode.MANUAL));

    assertThat(diagnosis().verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(diagnosis().nextSteps())
        .singleElement()
        .asString()
        .contains("sc.exe config SMTPSVC start= auto");
  }

  @Test
  void withoutCountersNoSentenceSaysThatThereIsNoMail() {
    host.services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC"))
        .mailFlow(State.ANSWERING);

    Diagnosis diagnosis = diagnosis();

    assertThat(diagnosis.summary().situation().title()).isEqualTo("SMTP answers");
    assertThat(diagnosis.summary().headline())
        .isEqualTo(
            "mail01 is healthy: everything that should run does, and SMTP answers clients; without"
                + " counters, whether mail leaves is not known.");
    assertThat(String.join("\n", answers(diagnosis))).doesNotContain("no mail to move");
    assertThat(diagnosis.cautions())
        .contains("RUNNING is not flowing: nothing above says that a message has passed.");
  }

  @Test
  void virtualServerThatAStartDidNotBringBackIsNamedWithWhatRestoresIt() {
    host.services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC"))
        .mailFlow(MailFlow.State.IDLE)
        .gone(new GoneVirtualServer("SMTP 2", BEGAN));

    Diagnosis diagnosis = diagnosis();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.FAILING);
    assertThat(diagnosis.summary().headline())
        .isEqualTo("SMTP on mail01 runs without SMTP 2, which it had before it was started anew.");
    assertThat(String.join("\n", answers(diagnosis)))
        .contains("The virtual server SMTP 2 was there");
    assertThat(diagnosis.causes())
        .filteredOn(cause -> cause.trouble() == Trouble.SETTINGS_RESET)
        .singleElement()
        .satisfies(cause -> assertThat(cause.evidence().get(0)).contains("without SMTP 2"));
  }

  @Test
  void restartThatHasJustBegunIsWaitedFor() {
    host.services(
        ServiceBuilder.running("IISADMIN"),
        ServiceBuilder.service("SMTPSVC", ServiceState.STOPPED).downSince(NOW.minusSeconds(10)));
    assertThat(diagnosis().nextSteps().get(0)).startsWith("Wait 1 min");
  }

  /** It may restart services for 30 minutes after its last sign. */
  @Test
  void anUpdateThatIsUnderWayIsWaitedFor() {
    running().openEpisode(new EpisodeBuilder(7, BEGAN, List.of()).build());

    assertThat(diagnosis().summary().situation()).isEqualTo(Situation.UNDER_WAY);
    assertThat(diagnosis().verdict()).isEqualTo(Diagnosis.Verdict.HEALTHY);
    assertThat(diagnosis().nextSteps())
        .containsExactly(
            "Wait until the update is over, and look again: until then it may restart IIS Admin, and"
                + " SMTP with it. Unless it reports more, it is over at 2026-11-22 03:40:00 UTC (in 20"
                + " min).");
  }

  @Test
  void mailFlowThatIsBeingVerifiedIsWaitedFor() {
    running()
        .openEpisode(new EpisodeBuilder(7, NOW.minusSeconds(3_600), List.of()).halted().build());

    assertThat(diagnosis().summary().situation()).isEqualTo(Situation.VERIFYING);
    assertThat(diagnosis().nextSteps())
        .containsExactly(
            "Wait until the update is verified, and look again: mail has to be seen to flow, and no"
                + " service to stop again. That takes some minutes.");
  }

  private HostSnapshotBuilder running() {
    return host.services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC"));
  }

  @Test
  void aNameWithoutAnAddressIsLookedUpFirst() {
    host.failed(
        CollectorKey.SERVICES,
        "The name mail01 has no address: check it and the DNS",
        ErrorReason.DNS);

    assertThat(diagnosis().nextSteps().get(0)).contains("nslookup mail01");
    assertThat(diagnosis().nextSteps()).hasSize(3).noneMatch(step -> step.contains("firewall"));
  }

  @Test
  void aServiceThatIsNotWatchedIsNotSaidToBeMissing() {
    host.services(ServiceBuilder.running("W3SVC"));
    assertThat(diagnosis().summary().headline())
        .isEqualTo(
            "Neither IIS Admin nor IIS SMTP is among the services that are watched on mail01: there"
                + " is nothing to diagnose.");

    host.services(ServiceBuilder.missing("SMTPSVC"));
    assertThat(diagnosis().summary().headline())
        .startsWith("Neither IIS Admin nor IIS SMTP is both watched and installed on mail01:");

    host.services(ServiceBuilder.missing("IISADMIN"));
    assertThat(diagnosis().summary().headline())
        .startsWith("mail01 has neither IIS Admin nor IIS SMTP:");
  }

  @Test
  void outageOfMinutesIsNotWaitedFor() {
    host.services(
        ServiceBuilder.running("IISADMIN"),
        ServiceBuilder.service("SMTPSVC", ServiceState.STOPPED).downSince(BEGAN));
    assertThat(diagnosis().nextSteps().get(0)).startsWith("net start SMTPSVC");
  }

  @Test
  void disabledServiceIsEnabledBeforeItIsStarted() {
    host.services(
        ServiceBuilder.service("IISADMIN", ServiceState.STOPPED)
            .mode(StartMode.DISABLED)
            .standing(Standing.DISABLED),
        ServiceBuilder.service("SMTPSVC", ServiceState.STOPPED).downSince(BEGAN));

    assertThat(String.join("\n", diagnosis().nextSteps()))
        .containsSubsequence(
            "sc.exe config IISADMIN start= auto", "net start IISADMIN", "net start SMTPSVC");
  }

  @Test
  void automaticServiceThatNeverRanIsStartedOrDisabled() {
    host.services(
        ServiceBuilder.running("IISADMIN"),
        ServiceBuilder.service("SMTPSVC", ServiceState.STOPPED).concerns(Concern.NEVER_RAN));

    Diagnosis diagnosis = diagnosis();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.AT_RISK);
    assertThat(String.join("\n", diagnosis.nextSteps()))
        .contains("net start SMTPSVC", "sc.exe config SMTPSVC start= disabled");
  }

  @Test
  void serviceThatNeverStartedIsNotSaidToRun() {
    host.services(
        ServiceBuilder.running("IISADMIN"),
        ServiceBuilder.running("SMTPSVC"),
        ServiceBuilder.service("RESvc", ServiceState.STOPPED).exit(1077));

    Finding others = finding(diagnosis(), "Does everything else run that ran before?");

    assertThat(others.tone()).isEqualTo(Tone.NEUTRAL);
    assertThat(others.answers())
        .containsExactly(
            "RESvc is STOPPED; nothing shows that it ran before, and its start mode is auto.");
  }

  @Test
  void serviceThatHangsInTransitionHasNoEventThatCouldConfirmIt() {
    host.services(ServiceBuilder.service("IISADMIN", ServiceState.STOP_PENDING).downSince(BEGAN))
        .outages(OutageBuilder.outage("IISADMIN", BEGAN).sources(Source.POLL).build());

    assertThat(diagnosis().cautions()).noneMatch(caution -> caution.contains("does not confirm"));
  }

  @Test
  void stopThatNoEventReportsIsACaution() {
    host.services(ServiceBuilder.service("IISADMIN", ServiceState.STOPPED).downSince(BEGAN))
        .outages(OutageBuilder.outage("IISADMIN", BEGAN).sources(Source.POLL).build());

    assertThat(diagnosis().cautions()).anyMatch(caution -> caution.contains("does not confirm"));
  }

  @Test
  void failureInTheLogIsNotDenied() {
    Outage outage =
        OutageBuilder.outage("SMTPSVC", BEGAN)
            .ended(BEGAN.plusSeconds(60), StartedBy.UNATTRIBUTED)
            .build();
    host.services(
            ServiceBuilder.running("IISADMIN"),
            ServiceBuilder.running("SMTPSVC").display("Simple Mail Transfer Protocol (SMTP)"))
        .outages(outage);
    LoggedEvent ended = failure(7024, "Simple Mail Transfer Protocol (SMTP)", BEGAN);
    LoggedEvent other = failure(7031, "Print Spooler", BEGAN);
    LoggedEvent later = failure(7034, "SMTPSVC", NOW);

    assertThat(answers(diagnosis(ended, ended, other, later)))
        .contains("The event log reports a failure of it at that time (event 7024).")
        .noneMatch(answer -> answer.startsWith("No source says that it failed"));
    LoggedEvent before = failure(7000, "SMTPSVC", BEGAN.minusSeconds(30));
    LoggedEvent after = failure(7009, "SMTPSVC", BEGAN.plusSeconds(77));
    LoggedEvent crashed = failure(7034, "SMTPSVC", BEGAN.plusSeconds(1));
    LoggedEvent again = failure(7009, "SMTPSVC", BEGAN.plusSeconds(90));
    assertThat(answers(diagnosis(again, after, ended, crashed, before)))
        .contains(
            "The event log reports a failure of it 30 s before it left RUNNING (event 7000), at that"
                + " time (event 7024, 7034) and 1 min 17 s after it left RUNNING (event 7009).");
    assertThat(answers(diagnosis(other)))
        .anyMatch(answer -> answer.startsWith("No source says that it failed"));
  }

  @Test
  void updateOfAnEarlierEpisodeIsNotDenied() {
    Outage outage =
        OutageBuilder.outage("SMTPSVC", BEGAN)
            .ended(BEGAN.plusSeconds(60), StartedBy.UNATTRIBUTED)
            .build();
    Episode withIt =
        new EpisodeBuilder(1, BEGAN.minusSeconds(7), List.of(outage))
            .closed(BEGAN.plusSeconds(90), Episode.Outcome.RECOVERED)
            .build();
    Episode newer = new EpisodeBuilder(2, NOW.minusSeconds(30), List.of()).build();
    EpisodeHistory none = HostSnapshotBuilder.episodes(Map.of());
    host.services(ServiceBuilder.running("SMTPSVC"))
        .outages(outage)
        .markers(EpisodeBuilder.marker(MarkerType.FOLDER, NOW.minusSeconds(30), "6.5.7961.0"))
        .episodes(
            new EpisodeHistory(
                Optional.of(newer), List.of(withIt), none.outcomes(), 0, Duration.ZERO));

    assertThat(answers(diagnosis()))
        .contains("The outage began 7 s after a marker of an update.")
        .anyMatch(answer -> answer.startsWith("Episode 1 "))
        .noneMatch(answer -> answer.contains("does not belong to an update"));
  }

  @Test
  void markerNearAnOutageWithoutEpisodeIsNotDenied() {
    host.services(ServiceBuilder.running("SMTPSVC"))
        .outages(
            OutageBuilder.outage("SMTPSVC", BEGAN)
                .ended(BEGAN.plusSeconds(60), StartedBy.UNATTRIBUTED)
                .build())
        .markers(EpisodeBuilder.marker(MarkerType.BEGUN, BEGAN.plusSeconds(120), "6.5.7961.0"));

    assertThat(answers(diagnosis()))
        .contains(
            "The last outage began 2 min before a marker of an update, and belongs to no episode.")
        .noneMatch(answer -> answer.contains("none was seen"));
  }

  @ParameterizedTest
  @EnumSource
  void knownTroubleIsToldOnceWithItsWarning(Trouble trouble) {
    Diagnosis diagnosis =
        Diagnosis.of(Hosts.with(trouble), new DayEvents.Read(List.of()), TimeView.utc(Hosts.NOW));

    assertThat(diagnosis.causes()).extracting(Cause::trouble).contains(trouble);
    assertThat(diagnosis.nextSteps())
        .startsWith("Take the steps of the likely cause above.")
        .doesNotContain("Nothing.");
    assertThat(diagnosis.cautions()).contains(Trouble.WARNING);
    String steps = String.join("\n", diagnosis.nextSteps());
    assertThat(steps).doesNotContainPattern("start= |KB9|5\\.7\\.30|Most often|wait two minutes");
    for (String command : List.of("net start SMTPSVC", "net start IISADMIN", "netstat -ano")) {
      boolean told = diagnosis.causes().toString().contains(command);
      assertThat(told && steps.contains(command)).as(command).isFalse();
    }
  }

  @Test
  void withoutAKnownTroubleTheGeneralStepsAreTold() {
    host.services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC"))
        .mailFlow(State.BOUNCING);

    assertThat(diagnosis().causes()).isEmpty();
    assertThat(String.join("\n", diagnosis().nextSteps())).contains("5.7.30");
    assertThat(diagnosis().cautions()).doesNotContain(Trouble.WARNING);
  }

  @Test
  void errorsHaveNamesAndNoBareNumbers() {
    host.services(
        ServiceBuilder.service("IISADMIN", ServiceState.STOPPED)
            .exit(1066, 0x80090006L)
            .downSince(BEGAN),
        ServiceBuilder.service("SMTPSVC", ServiceState.STOPPED).exit(1066, 42).downSince(BEGAN));

    assertThat(answers(diagnosis()))
        .contains(
            "Its last stop was an error: NTE_BAD_SIGNATURE (0x80090006).",
            "Its last stop was an error: its own code 42 (0x2A).");
  }

  /** The collector of events keeps how far it read; the last day is read for a diagnosis. */
  @Test
  void eventsThatCouldNotBeReadAreNotNone() {
    host.ok(CollectorKey.EVENTS, new Events(List.of()));
    assertThat(answers(Diagnosis.of(host.build(), new DayEvents.Unreadable(), TimeView.utc(NOW))))
        .contains("Not known: the logs could not be read in time")
        .doesNotContain("None of those that matter here.");
    assertThat(answers(Diagnosis.of(host.build(), new DayEvents.NotAsked(), TimeView.utc(NOW))))
        .noneMatch(answer -> answer.contains("the logs"));
  }

  @Test
  void aServiceThatHangsSinceAnUnknownTimeIsNotEndedAtOnce() {
    host.services(ServiceBuilder.service("IISADMIN", ServiceState.START_PENDING).down());
    assertThat(String.join("\n", diagnosis().nextSteps()))
        .contains("ten minutes from now, as it is not known since when it hangs");
  }

  @Test
  void eventsThatWereLeftOutAreNamed() {
    DayEvents flood = new DayEvents.Read(List.of(failure(7034, "SMTPSVC", BEGAN)), 128_000);
    Diagnosis diagnosis = Diagnosis.of(host.build(), flood, TimeView.utc(NOW));

    assertThat(
            finding(
                    diagnosis,
                    "Which errors and warnings do the event logs have of the last 24 hours?")
                .answers())
        .hasSize(2)
        .endsWith("128000 older ones of the most frequent events were left out.");
  }

  @Test
  void commandsNameTheConfiguredPort() {
    host.smtp(new SmtpAddress("192.0.2.7", 2525))
        .services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC"))
        .ok(CollectorKey.BANNER, new Banner(Map.of(), Optional.of("Nothing listens there")));
    assertThat(String.join("\n", diagnosis().nextSteps()))
        .contains("telnet 192.0.2.7 2525")
        .doesNotContain(" 25.");

    host.smtp(new SmtpAddress("", 2525));
    host.failed(CollectorKey.SERVICES, "It is down");
    assertThat(String.join("\n", diagnosis().nextSteps()))
        .contains("telnet mail01 2525")
        .doesNotContain("port 25");
  }

  private Diagnosis diagnosis(LoggedEvent... events) {
    return Diagnosis.of(host.build(), new DayEvents.Read(List.of(events)), TimeView.utc(NOW));
  }

  private static LoggedEvent failure(int id, String service, Instant at) {
    return new LoggedEvent(
        "System",
        id,
        at,
        "Service Control Manager",
        id,
        Level.ERROR,
        new Meaning.Failed(new Meaning.Named(service, false), Meaning.Failure.STOPPED_WITH_ERROR));
  }

  private static Finding finding(Diagnosis diagnosis, String question) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.question().equals(question))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> answers(Diagnosis diagnosis) {
    return diagnosis.findings().stream().flatMap(finding -> finding.answers().stream()).toList();
  }

  /** The host says how the services that depend on IIS Admin are called. */
  @Test
  void aNameThatTheHostSaysAddsNothingToACommand() {
    host.services(
        ServiceBuilder.running("IISADMIN"),
        ServiceBuilder.service("x&calc", ServiceState.STOPPED)
            .mode(StartMode.DISABLED)
            .downSince(BEGAN),
        ServiceBuilder.service("y&calc", ServiceState.PAUSED).downSince(BEGAN));

    assertThat(diagnosis().nextSteps())
        .anySatisfy(
            step ->
                assertThat(step)
                    .startsWith(
                        "sc.exe config \"x&calc\" start= auto, then net start \"x&calc\" ("))
        .contains("net continue \"y&calc\".");
  }

  @Test
  void whatIisAdminDoesNotBringUpIsStartedInTheSameStep() {
    host.services(
        ServiceBuilder.service("IISADMIN", ServiceState.STOPPED).downSince(BEGAN),
        ServiceBuilder.service("SMTPSVC", ServiceState.STOPPED)
            .mode(StartMode.DISABLED)
            .downSince(BEGAN),
        ServiceBuilder.service("RESvc", ServiceState.STOPPED).downSince(BEGAN));

    assertThat(diagnosis().nextSteps())
        .anySatisfy(
            step ->
                assertThat(step)
                    .startsWith(
                        "Start it by hand: net start IISADMIN, then sc.exe config SMTPSVC start= auto,"
                            + " then net start SMTPSVC, net start RESvc, which it does not start by"
                            + " itself."))
        .noneMatch(step -> step.startsWith("net start"));
  }

  @Test
  void commandsAboutAServiceThatEndedOrNeverRanQuoteItsName() {
    host.services(
        ServiceBuilder.running("IISADMIN"),
        ServiceBuilder.running("x y")
            .crashed(NOW.minusSeconds(20))
            .mode(StartMode.MANUAL)
            .concerns(Concern.CRASHED, Concern.STAYS_DOWN_AFTER_BOOT),
        ServiceBuilder.service("z%PATH%", ServiceState.STOPPED).concerns(Concern.NEVER_RAN));

    assertThat(String.join("\n", diagnosis().nextSteps()))
        .contains("sc.exe qfailure \"x y\" says", "(sc.exe config \"x y\" start= auto)")
        .contains("net start <SERVICE>. If it does not: sc.exe config <SERVICE> start= disabled.");
  }
}
