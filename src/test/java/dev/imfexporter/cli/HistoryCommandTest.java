package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.journal.Journal;
import dev.imfexporter.journal.JournalReader;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.UpdateNight;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateMarker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCommandTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T03:12:07.250Z");
  private static final Outage SMTP = outage("SMTPSVC", BEGAN, Optional.of(BEGAN.plusSeconds(291)));

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void tableForPeopleAlsoWhileTheExporterRuns() throws Exception {
    try (Journal journal = Journal.open(folder, TimeSource.system())) {
      try (FactStore mail01 = journal.store("mail01")) {
        mail01.keep(night());
      }
      await()
          .until(
              () ->
                  JournalReader.read(folder, "mail01")
                      .filter(found -> found.facts().size() == night().size())
                      .isPresent());
      assertThat(run("history", "--storage.path=" + folder)).isZero();
    }
    assertThat(out.toString(UTF_8))
        .startsWith("History in " + folder + "\nTimes are in ")
        .contains("mail01: 1 outage, 1 update, as of ")
        .contains("SMTPSVC  4 min 51 s             1.5 s  4 min 46 s  3.2 s  unattributed")
        .contains("definition  recovered after halt  5 min 12 s  unattributed  6.5.7960.0")
        .doesNotContain("\u001b");
  }

  @Test
  void tableFitsAndDoesNotControlTheTerminal() {
    Outage open = outage("A".repeat(200), BEGAN, Optional.empty());
    Episode episode = episode(12, "\u001b[2J" + "x\n".repeat(100), List.of(SMTP), false);
    HostHistoryRecord past = record(List.of(SMTP, open), List.of(episode), Optional.empty());

    String text =
        new HistoryTable(new TimeView(BEGAN.plusSeconds(3600), ZoneOffset.ofHours(1)), false, false)
            .text(folder.getRoot(), List.of(past));

    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    assertThat(text)
        .contains("Times are in UTC+01:00.")
        .contains("2026-11-22 04:12:07")
        .contains("still out")
        .contains("?[2Jx x x")
        .doesNotContain("\u001b");
    assertThat(text.lines().filter(line -> line.endsWith("unattributed"))).hasSize(1);
  }

  @Test
  void timesAreInTheZoneThatWasChosenAndNameAnotherOffset() throws Exception {
    Outage summer =
        outage(
            "SMTPSVC",
            Instant.parse("2026-10-25T00:30:00Z"),
            Optional.of(Instant.parse("2026-10-25T01:30:00Z")));
    TimeView vienna = new TimeView(BEGAN, ZoneId.of("Europe/Vienna"));

    String text =
        new HistoryTable(vienna, false, false)
            .text(folder, List.of(record(List.of(summer, SMTP), List.of(), Optional.empty())));

    assertThat(text)
        .contains("Times are in Europe/Vienna (CET, UTC+01:00).")
        .contains("2026-10-25 02:30:00 CEST  SMTPSVC")
        .contains("2026-11-22 04:12:07  ");

    keep("mail01", night());
    assertThat(run("history", "--tz=Asia/Kolkata", "--storage.path=" + folder)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("Times are in Asia/Kolkata (IST, UTC+05:30).")
        .contains("2026-11-22 08:42:07");
  }

  @Test
  void aZoneThatIsNotKnownIsAWrongCommandLine() {
    assertThat(run("history", "--tz=Nowhere/Land", "--storage.path=" + folder)).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("want a time zone, such as Europe/Vienna or UTC, not 'Nowhere/Land'");
  }

  @Test
  void whatIsStillOutIsRedOnATerminal() {
    HostHistoryRecord past =
        record(
            List.of(SMTP, outage("IISADMIN", BEGAN, Optional.empty())),
            List.of(),
            Optional.empty());
    String text =
        new HistoryTable(TimeView.utc(BEGAN.plusSeconds(3600)), false, true)
            .text(folder, List.of(past));
    assertThat(text.lines().filter(line -> line.contains("\u001b[31m")))
        .singleElement()
        .asString()
        .contains("IISADMIN  1 h");
  }

  /** Of each row: who ended it, and its title, in a column or on a line of its own. */
  @Test
  void noColumnOfUpdatesIsCut() {
    Outage admin = outage("IISADMIN", BEGAN, Optional.of(BEGAN.plusSeconds(100)));
    Outage byHand =
        OutageBuilder.outage("SMTPSVC", BEGAN)
            .ended(BEGAN.plusSeconds(291), StartedBy.ADMINISTRATOR)
            .build();
    String title = "Update for Intelligent Message Filter for Exchange Server 2003 (KB907747)";
    HostHistoryRecord past =
        record(
            List.of(),
            List.of(episode(12, title, List.of(admin, byHand), false)),
            Optional.empty());

    String text =
        new HistoryTable(TimeView.utc(BEGAN.plusSeconds(3600)), false, false)
            .text(folder.getRoot(), List.of(past));

    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    assertThat(text.replaceAll("\\s+", " ")).contains("administrator, unattributed " + title);
    assertThat(text.lines()).contains("    " + title);
  }

  @Test
  void damageIsTold() throws Exception {
    keep("mail01", night());
    Path file = folder.resolve("host-mail01.jsonl");
    String good = Files.readString(file);
    Files.writeString(file, "\u0001\u0002\n" + good);

    assertThat(run("history", "--storage.path=" + folder)).isZero();
    assertThat(out.toString(UTF_8)).contains("mail01: 1 outage, 1 update");
    assertThat(err.toString(UTF_8).lines())
        .containsExactly("imf-exporter: " + file + ": line 1 is damaged");

    Files.writeString(file, "\u0001\n\u0002\n");
    err.reset();
    assertThat(run("history", "--storage.path=" + folder)).isZero();
    assertThat(err.toString(UTF_8).lines())
        .containsExactly("imf-exporter: " + file + ": 2 damaged lines, the first is line 1");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws Exception {
    Path file = Files.createDirectory(folder.resolve("host-mail01.jsonl"));

    assertThat(run("history", "--storage.path=" + folder)).isOne();
    assertThat(err.toString(UTF_8)).startsWith("imf-exporter: " + file + " cannot be read: ");
  }

  @Test
  void jsonForPrograms() throws Exception {
    keep("mail01", night());
    assertThat(run("history", "--format=json", "--storage.path", folder.toString())).isZero();

    JsonNode array = new ObjectMapper().readTree(out.toString(UTF_8));
    assertThat(array).hasSize(3);
    assertThat(array.get(1).get("type").textValue()).isEqualTo("outage");
    assertThat(array.get(1).get("began").textValue()).isEqualTo("2026-11-22T03:12:07.250Z");
    assertThat(array.get(1).get("duration_seconds").doubleValue()).isEqualTo(291.0);
    assertThat(array.get(1).get("phase_seconds").get("stop").doubleValue()).isEqualTo(1.5);
    assertThat(array.get(2).get("type").textValue()).isEqualTo("episode");
    assertThat(array.get(2).get("outcome").textValue()).isEqualTo("recovered_after_halt");
    assertThat(array.get(2).get("recovery_seconds").doubleValue()).isEqualTo(312.0);
    assertThat(array.get(2).get("markers").get(0).get("marker").textValue()).isEqualTo("begun");
  }

  @Test
  void knownTroublesThatWereLikely() throws Exception {
    keep(
        "mail01",
        List.of(
            new Fact.CausesChanged(BEGAN, List.of("left_disabled")),
            new Fact.CausesChanged(BEGAN.plusSeconds(600), List.of("disk_full"))));

    assertThat(run("history", "--storage.path", folder.toString())).isZero();
    assertThat(out.toString(UTF_8))
        .containsPattern("Likely from +until +cause")
        .contains("left disabled")
        .containsPattern("still likely +disk full");

    out.reset();
    assertThat(run("history", "--format=json", "--storage.path", folder.toString())).isZero();
    JsonNode array = new ObjectMapper().readTree(out.toString(UTF_8));
    assertThat(array).hasSize(3);
    assertThat(array.get(1).get("type").textValue()).isEqualTo("cause");
    assertThat(array.get(1).get("trouble").textValue()).isEqualTo("left_disabled");
    assertThat(array.get(1).get("until").textValue()).isEqualTo("2026-11-22T03:22:07.250Z");
    assertThat(array.get(2).get("until").isNull()).isTrue();
  }

  @Test
  void outagesBesideWhatTheRestartsBeforeThemTook() throws Exception {
    keep(
        "mail01",
        List.of(
            new ServiceFact.OutageSettled(restart(40, 35, false)),
            new ServiceFact.OutageSettled(restart(30, 41, false)),
            new ServiceFact.OutageSettled(restart(20, 38, false)),
            new ServiceFact.OutageSettled(restart(10, 400, true)),
            new ServiceFact.OutageSettled(SMTP)));

    assertThat(run("history", "--storage.path=" + folder)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("service  out for     typically  stop")
        .contains("SMTPSVC  38 s                   1.5 s")
        .contains("SMTPSVC  6 min 40 s             1.5 s")
        .contains("SMTPSVC  4 min 51 s  38 s       1.5 s");
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= 100);

    out.reset();
    assertThat(run("history", "--since=3650d", "--format=json", "--storage.path=" + folder))
        .isZero();
    JsonNode array = new ObjectMapper().readTree(out.toString(UTF_8));
    assertThat(array.findValues("typical_seconds"))
        .extracting(JsonNode::toString)
        .containsExactly("null", "null", "null", "null", "38.0");
  }

  @Test
  void whatIsLeftOutStillCountsAsARestartBefore() {
    List<Fact> facts =
        List.of(
            new ServiceFact.OutageSettled(restart(30, 35, false)),
            new ServiceFact.OutageSettled(restart(20, 41, false)),
            new ServiceFact.OutageSettled(restart(10, 38, false)),
            new ServiceFact.OutageSettled(SMTP));
    HostHistoryRecord past = HostHistoryRecord.of("h", facts).since(BEGAN);
    assertThat(past.outages()).containsExactly(SMTP);
    assertThat(past.typicalBefore(SMTP).orElseThrow().words()).isEqualTo("typically 38 s");
  }

  /** Some days before the outage of SMTP. */
  private static Outage restart(int days, int seconds, boolean boot) {
    Instant began = BEGAN.minus(Duration.ofDays(days));
    Outage plain = outage("SMTPSVC", began, Optional.of(began.plusSeconds(seconds)));
    return new Outage(
        plain.service(),
        plain.number(),
        began,
        plain.ended(),
        plain.phases(),
        plain.sources(),
        false,
        boot,
        plain.startedBy());
  }

  @Test
  void sinceLeavesOutWhatWasOverByThen() {
    Outage open = outage("IISADMIN", BEGAN, Optional.empty());
    HostHistoryRecord past = record(List.of(SMTP, open), List.of(), Optional.empty());
    assertThat(past.since(BEGAN.plusSeconds(291)).outages()).containsExactly(SMTP, open);
    assertThat(past.since(BEGAN.plusSeconds(292)).outages()).containsExactly(open);
  }

  @Test
  void theNewestOfAnEpisodeHoldsAndItsOutagesAreThereOnce() {
    Outage lasting = outage("SMTPSVC", BEGAN.plusMillis(300), Optional.empty());
    Outage other = outage("POP3SVC", BEGAN, Optional.empty());
    Episode first = episode(1, "t", List.of(lasting, other), false);
    Episode second = episode(1, "t", List.of(other), true);
    Fact settled = new ServiceFact.OutageSettled(SMTP);

    assertThat(HostHistoryRecord.of("h", List.of(new UpdateFact.EpisodeChanged(first))).outages())
        .containsExactly(other, lasting);
    assertThat(
            HostHistoryRecord.of("h", List.of(new UpdateFact.EpisodeChanged(first), settled))
                .outages())
        .containsExactly(SMTP, other);
    assertThat(
            HostHistoryRecord.of(
                    "h",
                    List.of(
                        new UpdateFact.EpisodeChanged(first),
                        new UpdateFact.EpisodeChanged(second)))
                .episodes())
        .containsExactly(second);
  }

  @Test
  void digitsAreThoseOfEveryLanguage() throws Exception {
    keep("mail01", night());
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    try {
      Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat("%d".formatted(4)).isNotEqualTo("4");

      assertThat(run("history", "--storage.path=" + folder)).isZero();

      assertThat(out.toString(UTF_8)).contains("4 min 51 s").contains("2026-11-22");
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  @Test
  void outageUnderWayWithoutAnEpisode() throws Exception {
    UpdateNight night = new UpdateNight(false);
    night.pass(Duration.ofMinutes(1));
    night.service = ServiceState.STOPPED;
    night.pass(Duration.ofMinutes(7));
    keep("mail01", night.facts());

    assertThat(run("history", "--storage.path=" + folder)).isZero();

    assertThat(out.toString(UTF_8))
        .contains("mail01: 1 outage, 0 updates, as of ")
        .containsPattern("SMTPSVC .*still out");
  }

  @Test
  void nothingHappenedYet() throws Exception {
    assertThat(run("history", "--storage.path=" + folder)).isZero();
    assertThat(out.toString(UTF_8)).endsWith("\nNo host has a history here yet.\n");

    out.reset();
    keep("mail01", List.of());
    assertThat(run("history", "--storage.path=" + folder)).isZero();
    assertThat(out.toString(UTF_8)).endsWith("\nmail01: 0 outages, 0 updates.\n");

    out.reset();
    assertThat(run("history", "--format=json", "--storage.path=" + folder)).isZero();
    assertThat(out.toString(UTF_8)).isEqualToIgnoringWhitespace("[]");
  }

  @Test
  void whatIsNotThere() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    assertThat(run("history", "--storage.path=" + nowhere)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "imf-exporter: "
                + nowhere
                + ": there is no such folder, so there is no history in it\n");

    err.reset();
    keep("mail01", night());
    keep("MAIL02", night());
    assertThat(run("--storage.path=" + folder, "history", "--host=mail03")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "imf-exporter: " + folder + " has no history of mail03, but of mail01, mail02\n");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void oneHost() throws Exception {
    keep("mail01", night());
    keep("mail02", night());
    assertThat(run("history", "--host=mail02", "--storage.path=" + folder)).isZero();
    assertThat(out.toString(UTF_8)).contains("mail02: 1").doesNotContain("mail01");
    out.reset();
    assertThat(run("history", "--host=MAIL02", "--storage.path=" + folder)).isZero();
    assertThat(out.toString(UTF_8)).contains("MAIL02: 1").doesNotContain("mail01");
  }

  @Test
  void hostIsAnArgumentToo() throws Exception {
    keep("mail01", night());
    keep("mail02", night());

    assertThat(run("history", "mail02", "--storage.path=" + folder)).isZero();

    assertThat(out.toString(UTF_8)).contains("mail02: 1").doesNotContain("mail01");
  }

  @Test
  void historyOfADeadExporterSaysAsOfWhenAndClaimsNothingLater() {
    HostHistoryRecord past =
        record(
            List.of(outage("SMTPSVC", BEGAN, Optional.empty())),
            List.of(),
            Optional.of(BEGAN.plusSeconds(120)));

    String young =
        new HistoryTable(TimeView.utc(BEGAN.plusSeconds(300)), false, false)
            .text(folder, List.of(past));
    String old =
        new HistoryTable(TimeView.utc(BEGAN.plusSeconds(86_400)), false, false)
            .text(folder, List.of(past));

    assertThat(young)
        .contains("mail01: 1 outage, 0 updates, as of 2026-11-22 03:14:07.", "2 min", "still out")
        .doesNotContain("5 min", "Nothing was written");
    assertThat(old)
        .contains("as of 2026-11-22 03:14:07.\n", "2 min", "out then")
        .contains("Nothing was written for 23 h 58 min: no exporter watches mail01 any more, or it")
        .doesNotContain("still out", "1 d");
  }

  @Test
  void programsAreToldAsOfWhen() throws Exception {
    keep("mail01", night());

    assertThat(run("history", "--format=json", "--storage.path=" + folder)).isZero();

    JsonNode journal = new ObjectMapper().readTree(out.toString(UTF_8)).get(0);
    assertThat(journal.path("type").asText()).isEqualTo("journal");
    assertThat(journal.path("host").asText()).isEqualTo("mail01");
    assertThat(Instant.parse(journal.path("as_of").asText())).isAfter(Instant.EPOCH);
  }

  private static HostHistoryRecord record(
      List<Outage> outages, List<Episode> episodes, Optional<Instant> asOf) {
    return new HostHistoryRecord("mail01", outages, Map.of(), episodes, Map.of(), List.of(), asOf);
  }

  @Test
  void changesOfAnUpdateHaveTheirCommands() {
    UpdateChanges changes =
        new UpdateChanges(
            1,
            true,
            List.of(
                new UpdateChanges.Compared(
                    SettingKind.START_MODE,
                    Optional.of(BEGAN.minusSeconds(20)),
                    Optional.of(BEGAN.plusSeconds(600)),
                    List.of())),
            List.of(
                new UpdateChanges.Change(
                    SettingKind.START_MODE,
                    "SMTPSVC",
                    Optional.of("auto"),
                    Optional.of("disabled"),
                    BEGAN.plusSeconds(30),
                    Optional.empty())),
            0);
    HostHistoryRecord host =
        new HostHistoryRecord(
            "mail01",
            List.of(),
            Map.of(),
            List.of(
                episode(1, "KB1", List.of(), true),
                episode(2, "KB2", List.of(), true),
                episode(3, "KB3", List.of(), true)),
            Map.of(1L, changes, 2L, new UpdateChanges(2, true, changes.kinds(), List.of(), 0)),
            List.of(),
            Optional.empty());

    assertThat(
            new HistoryTable(TimeView.utc(BEGAN), true, false).text(folder, List.of(host)).lines())
        .contains(
            "#1  1 setting is not as it was before the update.",
            "      sc.exe \\\\mail01 config SMTPSVC start= auto",
            "#2  Nothing that we can see was changed.",
            "#3  What the update changed is not known: no setting was read before it.")
        .allMatch(line -> line.length() <= 100);
    assertThat(new HistoryTable(TimeView.utc(BEGAN), false, false).text(folder, List.of(host)))
        .doesNotContain("sc.exe");
    assertThat(HistoryJson.of(List.of(host)))
        .contains("\"command\" : \"sc.exe \\\\\\\\mail01 config SMTPSVC start= auto\"");
  }

  @Test
  void longTitlesAreBrokenBetweenWordsAndNotCut() {
    String title = "Update for Intelligent Message Filter for Exchange Server 2003 (KB907747)";
    HostHistoryRecord host =
        record(List.of(), List.of(episode(1, title, List.of(), true)), Optional.empty());
    String text = new HistoryTable(TimeView.utc(BEGAN), false, false).text(folder, List.of(host));
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    assertThat(text.replaceAll("\\s+", " ")).contains(title);
  }

  @Test
  void historyIsBesideTheConfigurationWhenItIsNotWhereItUsuallyIs() throws Exception {
    assumeFalse(Files.isDirectory(Path.of("/var/lib/imf-exporter")));
    folder = folder.resolve("imf-exporter-data");
    keep("mail01", night());
    Path config = folder.resolveSibling("imf.yml");
    assertThat(run("history", "--config.file=" + config)).isZero();
    assertThat(out.toString(UTF_8)).contains("mail01: 1 outage");
  }

  @Test
  void wrongCommandLines() {
    assertThat(run("history", "--since=7")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "imf-exporter: Invalid value for option '--since': want a duration with its unit, such"
                + " as 12h or 7d, not '7'\nTry imf-exporter history --help\n");
    err.reset();
    assertThat(run("histroy")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("histroy").contains("history");
  }

  @Test
  void helpNamesFlagsExamplesAndExitCodes() {
    assertThat(run("history", "--help")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("--host", "--since", "--format", "--storage.path", "--config.file", "json")
        .contains("Exit codes:", "Examples:");
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= 100);
  }

  private static List<Fact> night() {
    return List.of(
        new ServiceFact.OutageSettled(SMTP),
        new UpdateFact.EpisodeChanged(episode(1, "6.5.7960.0", List.of(SMTP), true)));
  }

  private static Outage outage(String service, Instant began, Optional<Instant> ended) {
    return new Outage(
        service,
        began.getEpochSecond(),
        began,
        ended,
        ended.isEmpty()
            ? Map.of()
            : Map.of(
                Phase.STOP, Duration.ofMillis(1_500),
                Phase.DOWN, Duration.ofSeconds(286),
                Phase.START, Duration.ofMillis(3_250)),
        Set.of(Source.POLL, Source.EVENT),
        false,
        false,
        ended.map(end -> StartedBy.UNATTRIBUTED));
  }

  private static Episode episode(long number, String title, List<Outage> outages, boolean over) {
    return new Episode(
        number,
        UpdateKind.DEFINITION,
        title,
        List.of(new UpdateMarker(MarkerType.BEGUN, UpdateKind.DEFINITION, BEGAN, "", title, false)),
        outages,
        List.of(),
        BEGAN,
        over ? Episode.State.CLOSED : Episode.State.HALTED,
        true,
        true,
        over ? Optional.of(BEGAN.plusSeconds(312)) : Optional.empty(),
        over ? Optional.of(BEGAN.plusSeconds(2112)) : Optional.empty(),
        over ? Optional.of(Episode.Outcome.RECOVERED_AFTER_HALT) : Optional.empty(),
        Optional.empty());
  }

  private void keep(String host, List<Fact> facts) throws Exception {
    try (Journal journal = Journal.open(folder, TimeSource.system());
        FactStore store = journal.store(host)) {
      store.keep(facts);
    }
  }

  private int run(String... args) {
    return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run(args);
  }
}
