package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogue.Answer;
import dev.imfexporter.collector.Dialogue.Outcome;
import dev.imfexporter.collector.Dialogue.Recipient;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.collector.ServerCertificate;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.SmtpTls;
import dev.imfexporter.collector.SmtpTls.State;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.watch.episode.SettingsTracker;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateChanges.Change;
import dev.imfexporter.watch.model.UpdateChanges.Compared;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an update changed, by the state of a host that is polled through it. */
class UpdateChangesTest {
  private static final RecoveryActions RESTARTS =
      new RecoveryActions(
          86_400,
          List.of(new Action(ActionType.RESTART, 60_000), new Action(ActionType.NONE, 0)),
          "",
          "",
          Optional.of(true));

  private final UpdateNight night = new UpdateNight(false);

  UpdateChangesTest() {
    night.details = details("LocalSystem", RESTARTS);
  }

  private static ServiceConfig.Details details(String account, RecoveryActions recovery) {
    return new ServiceConfig.Details(List.of(), account, Optional.of(recovery));
  }

  /** SMTPSVC is stopped for an update at 100 s, and runs again 20 s later. */
  private void update(Runnable whileItIsDown) {
    night.pass(Duration.ofSeconds(100));
    night.update();
    night.service = ServiceState.STOPPED;
    night.pass(Duration.ofSeconds(10));
    whileItIsDown.run();
    night.pass(Duration.ofSeconds(10));
    night.service = ServiceState.RUNNING;
  }

  private UpdateChanges changes() {
    return night.history().episodes().changes(newest()).orElseThrow();
  }

  private List<String> commands() {
    return changes().changes().stream()
        .map(change -> change.command("mail01").orElse("none for " + change))
        .toList();
  }

  private static Instant at(int second) {
    return UpdateNight.START.plusSeconds(second);
  }

  @Test
  void threeThingsThatAnUpdateResetHaveThreeCommands() {
    update(
        () -> {
          night.mode = StartMode.MANUAL;
          night.details = details("NT AUTHORITY\\NetworkService", RecoveryActions.NONE);
        });
    night.pass(Duration.ofHours(2));

    assertThat(changes().complete()).isTrue();
    assertThat(commands())
        .containsExactly(
            "sc.exe \\\\mail01 config SMTPSVC start= auto",
            "sc.exe \\\\mail01 failure SMTPSVC reset= 86400 actions= restart/60000/\"\"/0",
            "sc.exe \\\\mail01 config SMTPSVC obj= LocalSystem");
    assertThat(changes().changes())
        .allSatisfy(
            change -> {
              assertThat(change.since()).isEqualTo(at(110));
              assertThat(change.putBack()).isEmpty();
            });

    night.mode = StartMode.AUTO;
    night.details = details("LocalSystem", RESTARTS);
    night.pass(Duration.ofMinutes(1));

    assertThat(changes().remaining()).isEmpty();
    assertThat(changes().changes()).hasSize(3);
  }

  /** From then on its receipt has a digest, which what is put back does not change. */
  @Test
  void theEpisodeIsSealedAnHourAfterItsSettingsWereCompared() {
    update(() -> night.mode = StartMode.MANUAL);
    night.pass(Duration.ofMinutes(50));
    assertThat(newest().closed()).isPresent();
    assertThat(newest().sealed()).isEmpty();

    night.pass(Duration.ofHours(2));

    Episode sealed = newest();
    assertThat(sealed.sealed()).isPresent();
    assertThat(changes().complete()).isTrue();
    night.mode = StartMode.AUTO;
    night.pass(Duration.ofHours(2));
    assertThat(newest()).isEqualTo(sealed);
  }

  private Episode newest() {
    return night.history().episodes().newest().orElseThrow();
  }

  @Test
  void dependenciesArePutBackWithTheirGroups() {
    night.details = new ServiceConfig.Details(List.of("Net Group"), "", Optional.empty());
    update(
        () -> {
          night.requires = List.of();
          night.details = ServiceConfig.Details.UNKNOWN;
        });
    night.pass(Duration.ofHours(2));

    assertThat(commands())
        .containsExactly("sc.exe \\\\mail01 config SMTPSVC depend= \"+Net Group/IISADMIN\"");
    // The account and the recovery actions were read on no side.
    assertThat(changes().kinds())
        .filteredOn(kind -> !kind.unread().isEmpty())
        .extracting(Compared::kind)
        .containsExactly(
            SettingKind.RECOVERY_ACTIONS, SettingKind.RECOVERY_FLAG, SettingKind.ACCOUNT);
  }

  @Test
  void equalSettingsAreSaidToBeEqual() {
    update(() -> {});
    night.pass(Duration.ofHours(2));

    assertThat(changes().complete()).isTrue();
    assertThat(changes().changes()).isEmpty();
    assertThat(changes().known()).isTrue();
    assertThat(changes().kinds())
        .filteredOn(Compared::known)
        .extracting(Compared::kind)
        .contains(SettingKind.START_MODE, SettingKind.RECOVERY_ACTIONS)
        .doesNotContain(SettingKind.VIRTUAL_SERVER, SettingKind.MODULE);
  }

  @Test
  void anEpisodeThatIsOpenSaysWhatIsSoByNow() {
    update(() -> night.mode = StartMode.DISABLED);
    night.service = ServiceState.STOPPED;
    night.pass(Duration.ofMinutes(20));

    assertThat(changes().complete()).isFalse();
    assertThat(changes().remaining())
        .extracting(Change::kind)
        .containsExactly(SettingKind.START_MODE);
  }

  @Test
  void whatAnAdministratorPutBackBeforeTheEndIsSaid() {
    update(() -> night.mode = StartMode.DISABLED);
    night.service = ServiceState.STOPPED;
    night.pass(Duration.ofMinutes(20));
    night.mode = StartMode.AUTO;
    night.service = ServiceState.RUNNING;
    night.pass(Duration.ofHours(2));

    assertThat(changes().complete()).isTrue();
    assertThat(changes().changes())
        .containsExactly(
            new Change(
                SettingKind.START_MODE,
                "SMTPSVC",
                Optional.of("auto"),
                Optional.of("disabled"),
                at(110),
                Optional.of(at(1320))));
  }

  @Test
  void whatTheInstallerSetsBackItselfIsNoChange() {
    update(() -> night.mode = StartMode.DISABLED);
    night.mode = StartMode.AUTO;
    night.pass(Duration.ofHours(2));

    assertThat(changes().changes()).isEmpty();
  }

  @Test
  void aChangeWithoutAnUpdateBelongsToNone() {
    update(() -> {});
    night.pass(Duration.ofHours(4));
    night.mode = StartMode.MANUAL;
    night.pass(Duration.ofHours(1));

    assertThat(changes().changes()).isEmpty();
  }

  @Test
  void withoutAReadingBeforeTheUpdateNothingIsSaid() {
    SettingsTracker tracker = new SettingsTracker();
    tracker.follow(
        new UpdateFact.EpisodeChanged(
            new EpisodeBuilder(1, at(0), List.of())
                .closed(at(100), Episode.Outcome.UNAFFECTED)
                .build()));
    tracker.read(CollectorKey.SERVICES, night.services(), at(300));
    tracker.advance(at(9000));

    assertThat(tracker.changes()).isEmpty();
    assertThat(tracker.takeFacts()).noneMatch(UpdateFact.SettingsCompared.class::isInstance);
  }

  /** What is read at the very moment of the first sign may be of the update already. */
  @Test
  void aReadingAtTheBeginIsNotOfBefore() {
    SettingsTracker tracker = new SettingsTracker();
    tracker.read(CollectorKey.SERVICES, night.services(), at(0));
    night.mode = StartMode.DISABLED;
    tracker.read(CollectorKey.SERVICES, night.services(), at(10));
    tracker.follow(
        new UpdateFact.EpisodeChanged(
            new EpisodeBuilder(1, at(10), List.of())
                .closed(at(100), Episode.Outcome.UNAFFECTED)
                .build()));
    tracker.read(CollectorKey.SERVICES, night.services(), at(300));
    tracker.advance(at(4000));

    assertThat(Objects.requireNonNull(tracker.changes().get(1L)).changes())
        .extracting(Change::kind, Change::since)
        .containsExactly(tuple(SettingKind.START_MODE, at(10)));
  }

  /** A kind that is not read any more is not known, neither changed nor unchanged. */
  @Test
  void whatIsNotReadAfterTheUpdateIsNotKnown() {
    SettingsTracker tracker = new SettingsTracker();
    Smtp smtp = new Smtp(List.of(new Smtp.VirtualServer("SMTP 1", Map.of())));
    tracker.read(CollectorKey.SERVICES, night.services(), at(0));
    tracker.read(CollectorKey.SMTP, smtp, at(0));
    tracker.follow(
        new UpdateFact.EpisodeChanged(
            new EpisodeBuilder(1, at(10), List.of())
                .closed(at(100), Episode.Outcome.UNAFFECTED)
                .build()));
    tracker.read(CollectorKey.SERVICES, night.services(), at(300));
    tracker.advance(at(300));
    assertThat(Objects.requireNonNull(tracker.changes().get(1L)).complete()).isFalse();
    tracker.advance(at(4000));

    UpdateChanges changes = Objects.requireNonNull(tracker.changes().get(1L));
    assertThat(changes.complete()).isTrue();
    assertThat(changes.changes()).isEmpty();
    assertThat(changes.kinds())
        .filteredOn(kind -> kind.kind() == SettingKind.VIRTUAL_SERVER)
        .containsExactly(
            new Compared(
                SettingKind.VIRTUAL_SERVER, Optional.of(at(0)), Optional.empty(), List.of()));
  }

  /** A relay that takes its own mail no longer, and has lost STARTTLS. */
  @Test
  void whatSmtpAnswersIsCompared() {
    SettingsTracker tracker = new SettingsTracker();
    Dialogue before =
        dialogue(
            Outcome.COMPLETE,
            List.of("STARTTLS", "SIZE"),
            Optional.of(tls(State.ESTABLISHED, Optional.of(certificate()))),
            Verdict.ACCEPTED);
    Dialogue after =
        dialogue(
            Outcome.COMPLETE,
            List.of("SIZE"),
            Optional.of(tls(State.NOT_OFFERED, Optional.empty())),
            Verdict.REFUSED);
    tracker.read(CollectorKey.DIALOGUE, new Dialogues(List.of(before)), at(0));
    tracker.follow(
        new UpdateFact.EpisodeChanged(
            new EpisodeBuilder(1, at(10), List.of())
                .closed(at(100), Episode.Outcome.UNAFFECTED)
                .build()));
    // Ended early, deferred: neither tells of a setting.
    tracker.read(
        CollectorKey.DIALOGUE,
        new Dialogues(
            List.of(dialogue(Outcome.CLOSED, List.of(), Optional.empty(), Verdict.ACCEPTED))),
        at(200));
    tracker.read(CollectorKey.DIALOGUE, new Dialogues(List.of(after)), at(300));
    tracker.advance(at(4000));

    assertThat(Objects.requireNonNull(tracker.changes().get(1L)).changes())
        .extracting(Change::kind, Change::of, Change::before, Change::after)
        .containsExactly(
            tuple(
                SettingKind.SMTP_EXTENSION,
                "SMTP 1",
                Optional.of("SIZE STARTTLS"),
                Optional.of("SIZE")),
            tuple(
                SettingKind.SMTP_CERTIFICATE,
                "SMTP 1",
                Optional.of("CN=relay7, valid until 2027-01-01T00:00:00Z"),
                Optional.of("no STARTTLS")),
            tuple(
                SettingKind.SMTP_RECIPIENT,
                "SMTP 1, own address",
                Optional.of("accepted"),
                Optional.of("refused")));
  }

  /** Each greeting has another time. */
  @Test
  void theVersionInTheGreetingIsComparedAndNotItsTime() {
    String usual = "mail01 Microsoft ESMTP MAIL Service, Version: ";
    String first = " ready at  Wed, 15 Mar 2000 17:37:07 -0800 ";
    String later = " ready at  Thu, 16 Mar 2000 08:01:00 -0800 ";

    assertThat(greetingChange(usual + "6.0.3790.3959" + first, usual + "6.0.3790.3959" + later))
        .isEmpty();
    assertThat(
            greetingChange(
                "mail01 ours Wed, 15 Mar 2000 17:37:07 -0800",
                "mail01 ours Thu, 16 Mar 2000 08:01:00 -0800"))
        .isEmpty();
    assertThat(greetingChange(usual + "6.0.3790.3959" + first, usual + "6.0.3790.4675" + later))
        .extracting(Change::of, Change::before, Change::after)
        .containsExactly(
            tuple(
                "SMTP 1",
                Optional.of(usual + "6.0.3790.3959"),
                Optional.of(usual + "6.0.3790.4675")));
  }

  private static List<Change> greetingChange(String before, String after) {
    SettingsTracker tracker = new SettingsTracker();
    tracker.read(CollectorKey.DIALOGUE, greeting(before), at(0));
    tracker.follow(
        new UpdateFact.EpisodeChanged(
            new EpisodeBuilder(1, at(10), List.of())
                .closed(at(100), Episode.Outcome.UNAFFECTED)
                .build()));
    tracker.read(CollectorKey.DIALOGUE, greeting(after), at(300));
    tracker.advance(at(4000));
    return Objects.requireNonNull(tracker.changes().get(1L)).changes();
  }

  private static Dialogues greeting(String text) {
    return new Dialogues(
        List.of(dialogue(text, Outcome.COMPLETE, List.of(), Optional.empty(), Verdict.ACCEPTED)));
  }

  private static Dialogue dialogue(
      Outcome outcome, List<String> extensions, Optional<SmtpTls> tls, Verdict own) {
    return dialogue("mail01", outcome, extensions, tls, own);
  }

  private static Dialogue dialogue(
      String greeting,
      Outcome outcome,
      List<String> extensions,
      Optional<SmtpTls> tls,
      Verdict own) {
    return new Dialogue(
        "SMTP 1",
        "mail01:25",
        outcome,
        Optional.empty(),
        greeting,
        extensions,
        tls,
        Map.of(Recipient.OWN, new Answer("postmaster@example.net", own, "reply")),
        Duration.ofMillis(20));
  }

  private static SmtpTls tls(State state, Optional<ServerCertificate> certificate) {
    return new SmtpTls(state, Optional.empty(), Optional.empty(), certificate);
  }

  private static ServerCertificate certificate() {
    return new ServerCertificate(
        "CN=relay7",
        "CN=ca",
        Instant.parse("2026-01-01T00:00:00Z"),
        Instant.parse("2027-01-01T00:00:00Z"),
        false,
        true);
  }

  @Test
  void aVirtualServerThatIsGoneHasASentenceAndNoCommand() {
    SettingsTracker tracker = new SettingsTracker();
    tracker.read(
        CollectorKey.SMTP,
        new Smtp(
            List.of(
                new Smtp.VirtualServer("SMTP 1", Map.of()),
                new Smtp.VirtualServer("SMTP 2", Map.of()))),
        at(0));
    tracker.follow(
        new UpdateFact.EpisodeChanged(
            new EpisodeBuilder(1, at(10), List.of())
                .closed(at(100), Episode.Outcome.UNAFFECTED)
                .build()));
    tracker.read(
        CollectorKey.SMTP, new Smtp(List.of(new Smtp.VirtualServer("SMTP 1", Map.of()))), at(300));
    tracker.advance(at(301));

    assertThat(Objects.requireNonNull(tracker.changes().get(1L)).changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.of()).isEqualTo("SMTP 2");
              assertThat(change.after()).isEmpty();
              assertThat(change.command("mail01")).isEmpty();
              assertThat(change.kind().putBack().sentence()).contains("IIS Manager");
            });
  }

  /** What a host names is bounded in number and length, and never a part of the command line. */
  @Test
  void hostileNamesStayOutOfCommands() {
    SettingsTracker tracker = new SettingsTracker();
    String name = "x\" & calc & \"";
    tracker.read(CollectorKey.SERVICES, hostile(name, StartMode.AUTO), at(0));
    tracker.follow(
        new UpdateFact.EpisodeChanged(
            new EpisodeBuilder(1, at(10), List.of())
                .closed(at(100), Episode.Outcome.UNAFFECTED)
                .build()));
    tracker.read(CollectorKey.SERVICES, hostile(name, StartMode.DISABLED), at(300));
    tracker.advance(at(301));

    UpdateChanges changes = Objects.requireNonNull(tracker.changes().get(1L));
    assertThat(changes.changes()).hasSize(UpdateChanges.MOST);
    assertThat(changes.unlisted()).isPositive();
    assertThat(changes.changes())
        .allSatisfy(
            change ->
                assertThat(change.command("mail01"))
                    .contains("sc.exe \\\\mail01 config <SERVICE> start= auto"));
  }

  private static Services hostile(String name, StartMode mode) {
    return new Services(
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    new Services.Service(
                        name + i,
                        Optional.empty(),
                        Optional.of(new ServiceConfig("x".repeat(9000), mode, List.of()))))
            .toList());
  }

  @Test
  void aRestartOfTheExporterInTheMiddleChangesNothing() {
    update(
        () -> {
          night.restartExporter();
          night.mode = StartMode.MANUAL;
        });
    night.restartExporter();
    night.pass(Duration.ofMinutes(1));
    night.restartExporter();
    night.pass(Duration.ofHours(2));

    assertThat(commands()).containsExactly("sc.exe \\\\mail01 config SMTPSVC start= auto");
    UpdateChanges live = changes();
    night.restartExporter();
    assertThat(changes()).isEqualTo(live);
  }

  /** A journal of a night has the settings once, and each comparison once. */
  @Test
  void theJournalStaysSmall() {
    update(() -> night.mode = StartMode.MANUAL);
    night.pass(Duration.ofHours(10));

    assertThat(night.facts()).filteredOn(UpdateFact.SettingsCompared.class::isInstance).hasSize(1);
    assertThat(night.facts())
        .filteredOn(UpdateFact.SettingsRead.class::isInstance)
        .hasSizeLessThan(10);
    assertThat(night.facts())
        .filteredOn(UpdateFact.SettingsConfirmed.class::isInstance)
        .hasSizeLessThan(20);
  }
}
