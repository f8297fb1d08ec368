package dev.imfexporter.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.imfexporter.Golden;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.HostSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreflightTest {
  @ParameterizedTest
  @EnumSource
  void passesAHostThatIsReady(Item item) {
    assertThat(check(Hosts.ready(), item).verdict()).isEqualTo(Verdict.OK);
    assertThat(check(Hosts.ready(), item).evidence()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void findsItsFaultAndSaysWhatToDo(Item item) {
    Check found = check(Hosts.with(item), item);

    assertThat(found.verdict()).isIn(Verdict.WARNING, Verdict.PROBLEM);
    assertThat(found.evidence()).isNotEmpty().allMatch(sentence -> sentence.endsWith("."));
    assertThat(found.steps()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void saysThatItDoesNotKnow(Item item) {
    Check found = check(Hosts.unknown(item), item);

    assertThat(found.verdict()).isEqualTo(Verdict.NOT_KNOWN);
    assertThat(found.evidence()).isNotEmpty();
  }

  /** One fault is found once; a halt and a known trouble also say that mail does not flow. */
  @ParameterizedTest
  @EnumSource
  void noOtherCheckFindsTheSameFault(Item item) {
    List<Item> faults =
        Preflight.of(Hosts.with(item), Hosts.NOW).checks().stream()
            .filter(check -> check.verdict().compareTo(Verdict.WARNING) >= 0)
            .map(Check::item)
            .toList();
    assertThat(faults).containsExactly(item);
  }

  @Test
  void nothingIsKnownOfAHostThatCannotBeRead() {
    Preflight preflight = Preflight.of(Hosts.unreadable(), Hosts.NOW);

    assertThat(preflight.verdict()).isEqualTo(Verdict.NOT_KNOWN);
    assertThat(preflight.headline())
        .isEqualTo("mail01 cannot be read: whether mail will come back is not known.");
    assertThat(preflight.checks()).noneMatch(c -> c.verdict() == Verdict.PROBLEM);
    assertThat(preflight.worstFirst()).extracting(Check::item).containsExactly(Item.RUNNING_NOW);
  }

  @Test
  void headlineCountsWhatIsInTheWay() {
    assertThat(headline(Hosts.ready()))
        .isEqualTo(
            "mail01 is ready for an update or a reboot: nothing that was read speaks against it.");
    assertThat(headline(Hosts.unknown(Item.COMPONENTS))).endsWith("; 1 check is not known.");
    assertThat(headline(Hosts.with(Item.REBOOT)))
        .isEqualTo("mail01 may be restarted, with 1 warning.");
    assertThat(headline(Hosts.with(Item.BADMAIL)))
        .isEqualTo("mail01 is not ready for an update or a reboot: 1 problem.");
  }

  @Test
  void aBootStartsIisAdminForSmtpAndIisresetDoesNot() {
    Check found = check(Hosts.iisAdminStartedForSmtp(), Item.START_MODES);

    assertThat(found.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(found.evidence().get(0)).contains("because SMTPSVC starts automatically");
    assertThat(found.steps()).containsExactly("On mail01: sc.exe config IISADMIN start= auto");
  }

  @Test
  void whatIsNeededByAServiceThatIsManualIsNotStarted() {
    Check found = check(Hosts.allManual(), Item.START_MODES);

    assertThat(found.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(found.steps()).hasSize(2);
  }

  /** An installer did it, as the known trouble left_disabled says; the start mode is the fault. */
  @Test
  void startModeThatAnInstallerLeftIsFoundOnce() {
    Preflight preflight = Preflight.of(Hosts.leftManualByAnInstaller(), Hosts.NOW);

    assertThat(preflight.checks().stream().filter(c -> c.verdict() == Verdict.PROBLEM))
        .extracting(Check::item)
        .containsExactly(Item.START_MODES);
  }

  @Test
  void ageOfTheDefinitionIsInDays() {
    assertThat(check(Hosts.ready(), Item.DEFINITION).evidence())
        .containsExactly("Yes: definition 6.5.7936.0, installed 14 days ago.");
  }

  @Test
  void aHostWithoutMailHasNothingToComeBack() {
    Check found = check(Hosts.withoutSmtp(), Item.START_MODES);

    assertThat(found.verdict()).isEqualTo(Verdict.OK);
    assertThat(found.evidence())
        .containsExactly(
            "IISADMIN does not run, and nothing shows that it should (disabled).",
            "SMTPSVC is not installed.");
  }

  @Test
  void deliveryThatFailedFromTheLastBootOnMayFailFromTheNext() {
    Check found = check(Hosts.startedTooEarlyAtItsBoot(), Item.START_MODES);

    assertThat(found.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(String.join(" ", found.evidence()))
        .contains(
            "After the boot at 2026-11-13 22:00:00 UTC deliveries failed (event SMTPSVC 4006)");
    assertThat(found.steps()).singleElement().asString().contains("delayed-auto");
  }

  @Test
  void whatRestartsMayHaveWaitedForIsNamed() {
    assertThat(check(Hosts.with(Item.PAST_RESTARTS), Item.PAST_RESTARTS).evidence())
        .contains(
            "In episode 12 IIS Admin took 5 min 10 s to stop, and may have waited for csmtpsink.dll (Contoso).");
  }

  @Test
  void anUpdateThatIsNotOverIsWaitedFor() {
    Check found = check(Hosts.afterAnUpdate(false), Item.RUNNING_NOW);

    assertThat(found.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(found.evidence())
        .contains(
            "Episode 13 (6.5.7960.0), which began 2026-11-22 21:48:00 UTC (12 min ago), is not over:"
                + " the update is under way, or is being verified.");
    assertThat(found.steps()).singleElement(STRING).startsWith("Wait until it is over");
    assertThat(check(Hosts.afterAnUpdate(false), Item.PAST_RESTARTS).verdict())
        .as("it restarted nothing yet")
        .isEqualTo(Verdict.OK);
  }

  @Test
  void anUpdateThatHaltedMailCountsBeforeItIsOver() {
    Check found = check(Hosts.afterAnUpdate(true), Item.PAST_RESTARTS);

    assertThat(found.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(found.evidence())
        .startsWith(
            "Episode 13 (6.5.7960.0), 12 min ago, is not over, and has halted mail, and a user had to"
                + " start SMTPSVC.")
        .noneMatch(sentence -> sentence.startsWith("Episode 12"));
  }

  /**
   * inetinfo.exe lists Microsoft's modules alone, since SMTPSVC, which loads the others, is out.
   */
  @Test
  void modulesThatWereListedWithoutSmtpAreNotAllThereIs() {
    Check found = check(Hosts.with(Item.RUNNING_NOW), Item.COMPONENTS);

    assertThat(found.verdict()).isEqualTo(Verdict.NOT_KNOWN);
    assertThat(found.evidence())
        .singleElement(STRING)
        .startsWith("SMTPSVC did not run when the modules of inetinfo.exe were listed");
  }

  @Test
  void aDisabledServiceCannotBeStarted() {
    assertThat(check(Hosts.disabled(), Item.START_MODES).evidence())
        .contains(
            "SMTPSVC is disabled: it stays down after a boot, and an administrator cannot start it"
                + " before its start mode is changed.");
  }

  @Test
  void timesAreInTheZoneOfTheView() {
    TimeView kolkata = new TimeView(Hosts.NOW, ZoneId.of("Asia/Kolkata"));

    assertThat(Preflight.of(Hosts.scheduled(), kolkata).checks())
        .filteredOn(check -> check.item() == Item.UPDATES)
        .allSatisfy(
            check ->
                assertThat(check.evidence().get(0)).contains("08:30:00 IST").doesNotContain("UTC"));
  }

  @Test
  void scheduledUpdatesAreWhatOneIsReadyFor() {
    Check found = check(Hosts.scheduled(), Item.UPDATES);

    assertThat(found.verdict()).isEqualTo(Verdict.OK);
    assertThat(found.evidence().get(0)).startsWith("Mail on mail01 may restart on Mon 2026-11-23");
  }

  /** docs/preflight.md has each check, with what it says of the hosts of this test. */
  @Test
  void documentIsTheTable() throws IOException {
    StringBuilder doc = new StringBuilder(HEAD);
    for (Item item : Item.values()) {
      Check found = check(Hosts.with(item), item);
      doc.append("\n## ").append(item.word()).append("\n\n").append(item.question());
      doc.append(" A host of which it finds a ").append(found.verdict().word()).append(":\n\n");
      found.evidence().forEach(sentence -> doc.append("> ").append(sentence).append("\n"));
      doc.append("\n");
      found.steps().forEach(step -> doc.append("1. ").append(step).append("\n"));
    }
    doc.append("\n## What is not looked at\n\n");
    Preflight.of(Hosts.ready(), Hosts.NOW)
        .notLookedAt()
        .forEach(what -> doc.append("- ").append(what).append("\n"));
    Golden.assertMatches(Path.of("docs/preflight.md"), doc.toString());
  }

  private static final String HEAD =
      """
      # Preflight

      Generated from the checks (`dev.imfexporter.preflight.Item`) by `mvn test -Dgolden.update`; do not edit.

      Will mail come back after the next update or reboot? `imf-exporter preflight HOST` looks before anything is
      changed, as Microsoft advises ([Patch Management on Business-Critical
      Servers](https://technet.microsoft.com/en-us/security/hh778967)): what is wrong already will look like the
      update's work tomorrow. The page `/hosts/NAME/preflight` says the same; with `?format=json`, and with
      `--format json`, it is an array with an object for each host:

      | field | meaning |
      |---|---|
      | `host` | its name in the configuration |
      | `verdict` | the worst of its checks: `ok`, `warning` or `problem`; `not_known` when its services could not be read |
      | `headline` | the verdict in a sentence |
      | `checks` | one for each section below: `item`, `question`, `verdict`, `evidence` and `steps`, which are sentences |
      | `not_looked_at` | what an administrator has to look at by other means |

      A *problem* will probably keep mail from coming back by itself. With a *warning* it may come back late, or
      the reason why it does not may stay unseen. A check that is *not known* does not count for the verdict of the host, so read
      the list: what cannot be read is not ready. The command ends with 0 when no check found a problem or a warning,
      with 1 when one did, and with 2 when a host could not be read.

      Updates that are pending are no fault: they are what a host is to be ready for. An old definition is none either,
      since Microsoft publishes no new ones. The evidence and the steps are those of an example.
      """;

  /** The host says how the services that depend on IIS Admin are called, and a log its name. */
  @Test
  void aNameThatTheHostSaysAddsNothingToACommand() {
    HostSnapshot host = Hosts.withNames("x&calc", "y&calc");

    assertThat(check(host, Item.DEPENDENTS).steps())
        .containsExactly("On mail01: sc.exe config \"x&calc\" start= auto");
    assertThat(check(host, Item.EVENT_LOGS).steps())
        .singleElement(STRING)
        .contains("wevtutil sl \"y&calc\" /ms:");
  }

  private static String headline(HostSnapshot host) {
    return Preflight.of(host, Hosts.NOW).headline();
  }

  private static Check check(HostSnapshot host, Item item) {
    return Preflight.of(host, Hosts.NOW).checks().stream()
        .filter(check -> check.item() == item)
        .findFirst()
        .orElseThrow();
  }
}
