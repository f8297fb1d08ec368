package dev.imfexporter.collector.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.format.EventBytes;
import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Control;
import dev.imfexporter.collector.Meaning.Failure;
import dev.imfexporter.collector.Meaning.Named;
import dev.imfexporter.collector.Meaning.Step;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.config.Module;
import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.metric.MetricSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecodersTest {
  private static final String SCM = "Service Control Manager";
  private static final String CLIENT = "Microsoft-Windows-WindowsUpdateClient";
  private static final String SERVICING = "Microsoft-Windows-Servicing";
  private static final Named IIS_ADMIN = new Named("IIS Admin Service", false);
  private static final String IMF_TITLE =
      "Update for Intelligent Message Filter for Exchange Server 2003: 2007.09.19 (KB907747)";

  private final EventDecoders decoders =
      new EventDecoders(
          Module.DEFAULT.events().providers(), RoutineUpdates.SHIPPED, ServiceWords.NONE);

  @ParameterizedTest
  @CsvSource({
    "stopped, STOPPED",
    "Running, RUNNING",
    "paused, PAUSED",
    "Beendet, STOPPED",
    "Wird ausgeführt, RUNNING",
    "arrêté, STOPPED",
    "en cours d'exécution, RUNNING",
    "parado, STOPPED",
    "em execução, RUNNING",
    "停止, STOPPED",
    "実行中, RUNNING",
    "正在运行, RUNNING"
  })
  void takesTheStateFromTheWordOn2003(String word, ServiceState state) {
    assertThat(meaning(EventBytes.entered2003("IIS Admin Service", word)))
        .contains(new Meaning.Entered(IIS_ADMIN, word, Optional.of(state)));
  }

  @Test
  void keepsAWordThatItDoesNotKnow() {
    assertThat(meaning(EventBytes.entered2003("IIS Admin Service", "käynnissä")))
        .contains(new Meaning.Entered(IIS_ADMIN, "käynnissä", Optional.empty()));
    assertThat(meaning(EventBytes.of(SCM, 7035).strings("IIS Admin Service", "käynnistä")))
        .contains(
            new Meaning.Controlled(IIS_ADMIN, "käynnistä", Optional.empty(), Optional.empty()));
  }

  @Test
  void noLineOfTheShippedWordsIsIgnored() throws Exception {
    String file = "src/main/resources/dev/imfexporter/collector/event/service-words.txt";
    assertThat(Files.readAllLines(Path.of(file)))
        .filteredOn(line -> !line.isBlank() && !line.startsWith("#"))
        .hasSizeGreaterThan(10)
        .allMatch(line -> ServiceWords.LINE.matcher(line).matches());
  }

  @Test
  void additionalWordsAddToTheShippedOnesAndWin() {
    EventDecoders finnish =
        new EventDecoders(
            List.of(),
            RoutineUpdates.SHIPPED,
            new ServiceWords(
                Map.of("Käynnissä", ServiceState.RUNNING, "paused", ServiceState.STOPPED),
                Map.of("käynnistä", Control.START)));
    assertThat(finnish.meaning(decoded(EventBytes.entered2003("IIS Admin Service", "käynnissä"))))
        .contains(new Meaning.Entered(IIS_ADMIN, "käynnissä", Optional.of(ServiceState.RUNNING)));
    assertThat(finnish.meaning(decoded(EventBytes.entered2003("IIS Admin Service", "paused"))))
        .contains(new Meaning.Entered(IIS_ADMIN, "paused", Optional.of(ServiceState.STOPPED)));
    assertThat(finnish.meaning(decoded(EventBytes.entered2003("IIS Admin Service", "stopped"))))
        .contains(new Meaning.Entered(IIS_ADMIN, "stopped", Optional.of(ServiceState.STOPPED)));
    assertThat(
            finnish.meaning(
                decoded(EventBytes.of(SCM, 7035).strings("IIS Admin Service", "KÄYNNISTÄ"))))
        .contains(
            new Meaning.Controlled(
                IIS_ADMIN, "KÄYNNISTÄ", Optional.of(Control.START), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"SMTPSVC/4, SMTPSVC, RUNNING", "MSExchangeIS/1, MSExchangeIS, STOPPED"})
  void takesNameAndStateFromTheDataOn2022(String data, String name, ServiceState state) {
    assertThat(meaning(EventBytes.entered2022("Простой протокол", "остановлена", data)))
        .contains(new Meaning.Entered(new Named(name, true), "", Optional.of(state)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SMTPSVC/9", "SMTPSVC/", "/4", "two words/4", "a\u0007/4", "x\\y/4"})
  void doesNotTrustDataOfAnotherShape(String data) {
    assertThat(meaning(EventBytes.entered2022("IIS Admin Service", "stopped", data)))
        .contains(new Meaning.Entered(IIS_ADMIN, "stopped", Optional.of(ServiceState.STOPPED)));
  }

  @Test
  void saysWhoSentAControl() {
    assertThat(
            meaning(
                EventBytes.of(SCM, 7035)
                    .user("S-1-5-21-1-2-3-1004")
                    .strings("IIS Admin Service", "start")))
        .contains(
            new Meaning.Controlled(
                IIS_ADMIN,
                "start",
                Optional.of(Control.START),
                Optional.of("S-1-5-21-1-2-3-1004")));
    assertThat(
            meaning(
                EventBytes.of(SCM, 7042)
                    .strings("IIS Admin Service", "lopeta", "0x40030011", "Planned", "None")))
        .contains(
            new Meaning.Controlled(
                IIS_ADMIN, "lopeta", Optional.of(Control.STOP), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          7000 | IIS Admin Service~%%2                          | START
          7001 | IIS Admin Service~Remote Procedure Call~%%1058 | START
          7009 | 30000~IIS Admin Service                        | START
          7011 | 30000~IIS Admin Service                        | OTHER
          7022 | IIS Admin Service                              | OTHER
          7023 | IIS Admin Service~%%1792                       | STOPPED_WITH_ERROR
          7024 | IIS Admin Service~2148073478                   | STOPPED_WITH_ERROR
          7031 | IIS Admin Service~1~0~0~No action              | TERMINATED
          7031 | IIS Admin Service~1~60000~1~Restart            | TERMINATED_RECOVERING
          7031 | IIS Admin Service~1~0~2~Reboot                 | TERMINATED
          7031 | IIS Admin Service~1~1~3~Run the program        | TERMINATED_RECOVERING
          7032 | 1~Restart~IIS Admin Service~%%1056             | OTHER
          7034 | IIS Admin Service~2                            | TERMINATED
          7038 | IIS Admin Service~.\\mailer~%%1326             | START
          7043 | IIS Admin Service                              | OTHER
          7046 | IIS Admin Service                              | OTHER
          """)
  void knowsWhichStringNamesTheServiceThatFailed(int id, String strings, Failure failure) {
    assertThat(meaning(EventBytes.of(SCM, id).strings(strings.split("~", -1))))
        .contains(new Meaning.Failed(IIS_ADMIN, failure));
  }

  @Test
  void takesTheShortNameFromTheDataOfAFailure() {
    assertThat(
            meaning(
                EventBytes.of(SCM, 7001)
                    .strings("IIS Admin Service", "RPC", "%%1058")
                    .data("IISADMIN")))
        .contains(new Meaning.Failed(new Named("IISADMIN", true), Failure.START));
  }

  @Test
  void takesTheServiceAndTheFormerModeOfAChangedStartMode() {
    assertThat(meaning(EventBytes.of(SCM, 7040).strings("IIS Admin Service", "auto", "manual")))
        .contains(new Meaning.StartModeChanged(IIS_ADMIN, "auto"));
    assertThat(
            meaning(
                EventBytes.of(SCM, 7040)
                    .strings("IIS Admin Service", "auto", "disabled", "IISADMIN")))
        .contains(new Meaning.StartModeChanged(new Named("IISADMIN", true), "auto"));
  }

  @Test
  void anEventWithoutItsStringsSaysNothing() {
    assertThat(meaning(EventBytes.of(SCM, 7036))).isEmpty();
    assertThat(meaning(EventBytes.of(SCM, 7009).strings("30000"))).isEmpty();
    assertThat(meaning(EventBytes.of(CLIENT, 19))).isEmpty();
    assertThat(meaning(EventBytes.of(SERVICING, 4383))).isEmpty();
    assertThat(meaning(EventBytes.of("NtServicePack", 4377))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Windows Update Agent, 19, INSTALLED",
    "Windows Update Agent, 20, FAILED",
    "Windows Update Agent, 43, BEGUN",
    "Microsoft-Windows-WindowsUpdateClient, 19, INSTALLED",
    "Microsoft-Windows-WindowsUpdateClient, 20, FAILED",
    "Microsoft-Windows-WindowsUpdateClient, 43, BEGUN"
  })
  void findsTheTitleWhereverItIs(String provider, int id, Step step) {
    Optional<Meaning> definition =
        Optional.of(
            new Meaning.UpdateStep(
                step, UpdateKind.DEFINITION, Optional.of("KB907747"), IMF_TITLE));
    String guid = "{9482F4B4-E343-43B6-B170-9A65BC822C77}";
    assertThat(meaning(EventBytes.of(provider, id).strings(IMF_TITLE))).isEqualTo(definition);
    assertThat(meaning(EventBytes.of(provider, id).strings("0x80242007", IMF_TITLE)))
        .isEqualTo(definition);
    assertThat(meaning(EventBytes.of(provider, id).strings(IMF_TITLE, guid, "201", guid)))
        .isEqualTo(definition);
    assertThat(meaning(EventBytes.of(provider, id).strings(guid, "-2145124329", IMF_TITLE)))
        .isEqualTo(definition);
  }

  @Test
  void findsATitleWithoutANumber() {
    String title = "Windows Server 2003 Service Pack 2 (32-bit x86)";
    assertThat(meaning(EventBytes.of("Windows Update Agent", 20).strings("0x80242007", title)))
        .contains(new Meaning.UpdateStep(Step.FAILED, UpdateKind.WINDOWS, Optional.empty(), title));
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 21, 22})
  void failingToConnectAndWaitingForARebootMeanNothing(int id) {
    assertThat(meaning(EventBytes.of(CLIENT, id).strings(IMF_TITLE))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Windows Update Agent", CLIENT})
  void updatesThatAreReadyArePending(String provider) {
    String list =
        "\r\n- Security Update for Windows Server 2003 (KB958644)"
            + "\r\n- Definition Update for Windows Defender - KB915597 (Definition 1.63.1)"
            + "\r\n- "
            + IMF_TITLE
            + "\r\n- Windows Server 2003 Service Pack 2";
    Meaning announced =
        new Meaning.UpdatesAnnounced(
            List.of(
                new Meaning.Announced(
                    Optional.of("KB958644"), "Security Update for Windows Server 2003 (KB958644)"),
                new Meaning.Announced(Optional.of("KB907747"), IMF_TITLE),
                new Meaning.Announced(Optional.empty(), "Windows Server 2003 Service Pack 2")));

    assertThat(meaning(EventBytes.of(provider, 17).strings(list))).contains(announced);
    assertThat(
            meaning(
                EventBytes.of(provider, 18)
                    .strings("\u200e15 \u200eFebruary \u200e2008", "03:00", list)))
        .contains(announced);
  }

  @Test
  void anUpdateThatServer2016DownloadsIsPending() {
    String title = "2022-11 Cumulative Update for Microsoft server (KB5019966)";
    String guid = "{9482F4B4-E343-43B6-B170-9A65BC822C77}";
    assertThat(meaning(EventBytes.of(CLIENT, 44).strings(title, guid, "200")))
        .contains(
            new Meaning.UpdatesAnnounced(
                List.of(new Meaning.Announced(Optional.of("KB5019966"), title))));
    assertThat(meaning(EventBytes.of(CLIENT, 44).strings("9WZDNCRFJ3PZ-Microsoft.App", guid, "1")))
        .isEmpty();
    assertThat(meaning(EventBytes.of(CLIENT, 44).strings(guid, "200"))).isEmpty();
  }

  @Test
  void aListOfReadyUpdatesIsBounded() {
    String list = "- Update (KB1000000)\n".repeat(60);
    assertThat(meaning(EventBytes.of(CLIENT, 17).strings(list)))
        .get()
        .extracting(m -> ((Meaning.UpdatesAnnounced) m).updates().size())
        .isEqualTo(50);
    assertThat(meaning(EventBytes.of(CLIENT, 17).strings("\n- \n"))).isEmpty();
    assertThat(meaning(EventBytes.of(CLIENT, 18))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Security Intelligence Update for Microsoft Defender Antivirus - KB2267602 (Version 1.4)",
        "Definition Update for Windows Defender Antivirus - KB2267602 (Definition 1.279.1373.0)",
        "Definition Update for Microsoft Security Essentials - KB2310138 (Definition 1.1)",
        "Definition Update for Microsoft Endpoint Protection - KB2461484 (Definition 1.2)",
        "Definitionsupdate für Windows Defender – KB915597 (Definition 1.63.1)",
        "Update for Microsoft Defender Antivirus antimalware platform - KB4052623 (Version 4.18)",
        "Update for Windows Security platform - KB5007651 (Version 10.0.27703.1006)",
        "Plattformupdate für Windows-Sicherheit – KB5007651 (Version 10.0.27703.1006)",
        "9NBLGGH4NNS1-MICROSOFT.DESKTOPAPPINSTALLER",
        "9WZDNCRFJ3PZ-Microsoft.CompanyPortal"
      })
  void dailyUpdatesAreRoutine(String title) {
    assertThat(meaning(EventBytes.of(CLIENT, 19).strings(title, "{x}", "200"))).isEmpty();
  }

  @Test
  void theFiltersOwnUpdateIsNeverRoutine() {
    EventDecoders greedy =
        new EventDecoders(
            List.of(), new RoutineUpdates(List.of(Pattern.compile(""))), ServiceWords.NONE);
    String title = "Definition Update for the intelligent message filter";
    assertThat(greedy.meaning(decoded(EventBytes.of(CLIENT, 19).strings(title))))
        .contains(
            new Meaning.UpdateStep(Step.INSTALLED, UpdateKind.DEFINITION, Optional.empty(), title));
    assertThat(greedy.meaning(decoded(EventBytes.of(CLIENT, 19).strings("Security Update"))))
        .isEmpty();
  }

  @Test
  void aListIsRoutineOnlyIfAllOfItIs() {
    String list =
        "- Definition Update for Windows Defender - KB915597 (Definition 1.63.1)\n"
            + "- Security Update for Windows Server 2008 (KB958644)";
    assertThat(meaning(EventBytes.of("Windows Update Agent", 19).strings("5", list)))
        .contains(
            new Meaning.UpdateStep(
                Step.INSTALLED, UpdateKind.WINDOWS, Optional.of("KB915597"), list));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "4371, KB948609~Update~Absent~Absent~Installiert~Installed, BEGUN",
        "4371, KB948609~Update~Absent~Absent~x~Install Requested, BEGUN",
        "4371, KB948609~Update~x~Installed~x~Absent, -",
        "4373, KB948609~Update~Installiert~Installed, INSTALLED",
        "4373, KB948609~Update~x~Install Requested, -",
        "4375, KB948609~Update~x~Installed, FAILED",
        "4376, KB948609~Update~x~Installed, -",
        "4383, 948609-1_neutral~KB948609~Update~x~Installed, INSTALLED",
        "4383, 948609-1_neutral~KB948609~Update~x~Absent, -",
        "4385, 948609-1_neutral~KB948609~Update~x~Installed, FAILED",
        "4386, 948609-1_neutral~KB948609~Update~x~Installed, -",
        "4372, KB948609~Update~x~Installed, -",
        "4374, KB948609~Update, -"
      })
  void readsServicingOf2008(int id, String strings, Step step) {
    Optional<Meaning> expected =
        Optional.ofNullable(step)
            .map(
                taken ->
                    new Meaning.UpdateStep(
                        taken, UpdateKind.WINDOWS, Optional.of("KB948609"), "KB948609"));
    assertThat(meaning(EventBytes.of(SERVICING, id).strings(strings.split("~", -1))))
        .isEqualTo(expected);
  }

  @Test
  void readsHotfixesOf2003() {
    assertThat(
            meaning(
                EventBytes.of("NtServicePack", 4377)
                    .strings("Windows Server 2003", "KB925902")
                    .user("S-1-5-18")))
        .contains(
            new Meaning.UpdateStep(
                Step.INSTALLED,
                UpdateKind.WINDOWS,
                Optional.of("KB925902"),
                "Windows Server 2003 KB925902"));
  }

  @Test
  void servicePackOf2003IsAnUpdate() {
    assertThat(
            meaning(
                EventBytes.of("NtServicePack", 4371)
                    .strings("Windows Server 2003", "Service Pack 2", "Service Pack 1")))
        .contains(
            new Meaning.UpdateStep(
                Step.INSTALLED,
                UpdateKind.WINDOWS,
                Optional.empty(),
                "Windows Server 2003 Service Pack 2 Service Pack 1"));
  }

  @Test
  void cutsAnEndlessTitle() {
    assertThat(meaning(EventBytes.of(CLIENT, 19).strings("x".repeat(9_000))))
        .contains(
            new Meaning.UpdateStep(
                Step.INSTALLED, UpdateKind.WINDOWS, Optional.empty(), "x".repeat(5_000)));
  }

  @Test
  void readsStartsAndShutdowns() {
    Meaning booted = new Meaning.Booted();
    assertThat(meaning(EventBytes.of("EventLog", 6005))).contains(booted);
    assertThat(meaning(EventBytes.of("eventlog", 6009).strings("5.02.", "3790"))).contains(booted);
    assertThat(meaning(EventBytes.of("EventLog", 6006))).contains(new Meaning.ShutDown(true));
    assertThat(meaning(EventBytes.of("EventLog", 6008))).contains(new Meaning.ShutDown(false));
    assertThat(meaning(EventBytes.of("EventLog", 6013))).isEmpty();
    assertThat(meaning(EventBytes.of("Microsoft-Windows-Time-Service", 52).strings("-43198")))
        .as("Kernel-General 1 reports the same")
        .isEmpty();
    assertThat(meaning(kernel(12))).contains(booted);
    assertThat(meaning(kernel(13))).contains(new Meaning.ShutDown(true));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // A record of a Windows Server 2003 in London in winter, and made up: three hours east of
        // it.
        "db07020003001000 07001b0020004202 db07020003001000 07001b0020004202,"
            + " 2011-02-16T07:27:32.578Z",
        "e607010002000b00 10002f0016003f02 e607010002000b00 0d002f0016003f02 3c000000,"
            + " 2022-01-11T13:47:22.575Z",
        "e607010002000b00 10002f0016003f02, -",
        "e607010002000b00 10002f0016003f02 e6070d0002000b00 0d002f0016003f02, -",
        "e607010002000b00 10002f0016003f02 0000000000000000 0000000000000000, -"
      })
  void readsWhenAHostThatLostPowerWasLastUp(String data, @Nullable Instant died) {
    byte[] bytes = HexFormat.of().parseHex(data.replace(" ", ""));
    assertThat(meaning(EventBytes.of("EventLog", 6008).data(bytes)))
        .contains(new Meaning.ShutDown(false, Optional.ofNullable(died)));
  }

  @ParameterizedTest
  @CsvSource({"-43198, 43198", "7200, -7200", "0, 0"})
  void readsByHowMuch2003SetTheClock(String seconds, long before) {
    Instant to = Instant.parse("2026-03-29T01:00:00Z");
    assertThat(meaning(EventBytes.of("W32Time", 52).at(to).strings(seconds)))
        .contains(new Meaning.ClockSet(to.plusSeconds(before), to));
    assertThat(meaning(EventBytes.of("W32Time", 52).strings("9999999999999999999")))
        .contains(new Meaning.Counted());
    assertThat(meaning(EventBytes.of("W32Time", 52))).contains(new Meaning.Counted());
  }

  @Test
  void readsThatTheClockWasSet() {
    Instant to = Instant.parse("2026-03-29T01:00:00.500Z");
    Instant from = Instant.parse("2026-03-28T23:59:20.942615Z");
    assertThat(
            meaning(
                kernel(1)
                    .strings(
                        "\u200e2026\u200e-\u200e03\u200e-\u200e29T01:00:00.500000000Z",
                        "2026-03-28T23:59:20.942615000Z",
                        "1")))
        .contains(new Meaning.ClockSet(from, to));
    assertThat(meaning(kernel(1).strings("29.3.2026 1:00", "?"))).contains(new Meaning.Counted());
    assertThat(meaning(kernel(1))).contains(new Meaning.Counted());
  }

  @Test
  void readsWhichVirtualServerCannotWork() {
    assertThat(meaning(EventBytes.of("SMTPSVC", 115).strings("2").data((byte) 0x40)))
        .contains(new Meaning.BindFailed("SMTP 2"));
    assertThat(meaning(EventBytes.of("smtpsvc", 429).strings("MailQueue", "1")))
        .contains(new Meaning.BindFailed("SMTP 1"));
    assertThat(meaning(EventBytes.of("SMTPSVC", 429))).contains(new Meaning.BindFailed(""));
  }

  @ParameterizedTest
  @CsvSource({
    "The remote SMTP service rejected AUTH negotiation., LOGIN_REFUSED",
    "550 5.7.30 Basic authentication is not supported, LOGIN_REFUSED",
    "535 5.7.3 Authentication unsuccessful, LOGIN_REFUSED",
    "An internal DNS error caused a failure to find the remote server., DNS_FAILED",
    "SMTP could not connect to any DNS server., DNS_FAILED",
    "Unable to bind to the destination server in DNS., DELIVERY_FAILED",
    "The remote server did not respond to a connection attempt., DELIVERY_FAILED",
    "550 5.1.1 User unknown, DELIVERY_FAILED"
  })
  void readsWhyMessagesWereNotDelivered(String reason, Clue clue) {
    Meaning told = new Meaning.ClueGiven(clue, "example.org", reason);
    assertThat(meaning(EventBytes.of("SMTPSVC", 4000).strings("example.org", reason)))
        .contains(told);
    assertThat(meaning(EventBytes.of("smtpsvc", 4006).strings("10.0.0.9", "example.org", reason)))
        .contains(told);
    assertThat(meaning(EventBytes.of("MSExchangeTransport", 4006).strings("example.org", reason)))
        .contains(told);
  }

  /** The code is the same in every language (KB263237). */
  @Test
  void readsTheCodeOfAnInternalDnsError() {
    byte[] code = HexFormat.of().parseHex("e70204c0");
    assertThat(meaning(EventBytes.of("SMTPSVC", 4000).strings("example.org", "Weh ach").data(code)))
        .contains(new Meaning.ClueGiven(Clue.DNS_FAILED, "example.org", "Weh ach"));
  }

  @Test
  void whatAReasonSaysIsBoundedAndPrintable() {
    EventBytes event = EventBytes.of("SMTPSVC", 4000).strings("a\u0007b", "x ".repeat(5_000));
    assertThat(meaning(event))
        .get()
        .satisfies(
            told -> {
              Meaning.ClueGiven given = (Meaning.ClueGiven) told;
              assertThat(given.about()).isEqualTo("a?b");
              assertThat(given.reason()).hasSizeLessThan(200);
            });
  }

  @Test
  void readsWhoseCountersFailed() {
    for (String provider : List.of("Perflib", "Microsoft-Windows-Perflib")) {
      assertThat(meaning(EventBytes.of(provider, 1008).strings("smtpsvc", "smtpsvc.dll", "-1")))
          .contains(new Meaning.ClueGiven(Clue.COUNTERS_FAILED, "SMTPSVC", ""));
      assertThat(meaning(EventBytes.of(provider, 1008).strings("BITS", "bitsperf.dll"))).isEmpty();
    }
  }

  @Test
  void readsWhichDiskIsNearlyFull() {
    assertThat(meaning(EventBytes.of("Srv", 2013).strings("\\Device\\LanmanServer", "C:")))
        .contains(new Meaning.ClueGiven(Clue.DISK_FULL, "C:", ""));
    assertThat(meaning(EventBytes.of("srv", 2013).strings("\\Device\\LanmanServer"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SMTPSVC, 4000, true",
    "IISADMIN, 1, true",
    "IISCTLS, 3201, true",
    "MSExchangeTransport, 7515, true",
    "Application Error, 1000, false",
    "Service Control Manager, 7030, false"
  })
  void countsOnlyProvidersThatItIsToldTo(String provider, int id, boolean counted) {
    assertThat(meaning(EventBytes.of(provider, id)))
        .isEqualTo(counted ? Optional.of(new Meaning.Counted()) : Optional.empty());
    assertThat(decoders.isRelevant(provider, id)).isEqualTo(counted);
  }

  @Test
  void eventsThatAreNotDecodedAreCountedIfTheirProviderIs() {
    EventDecoders counting =
        new EventDecoders(
            List.of(SCM, CLIENT, "User32"), RoutineUpdates.SHIPPED, ServiceWords.NONE);
    assertThat(
            List.of(
                EventBytes.of(SCM, 7045).strings("Antigen", "C:\\a.exe"),
                EventBytes.of(SCM, 7036),
                EventBytes.of(CLIENT, 22).strings(IMF_TITLE),
                EventBytes.of(CLIENT, 19).strings("KB2267602"),
                EventBytes.of("USER32", 1074).strings("C:\\a.exe", "MAIL01")))
        .allSatisfy(
            event -> assertThat(counting.meaning(decoded(event))).contains(new Meaning.Counted()));
  }

  @Test
  void anIdOfAProviderStandsOnceInTheTable() {
    assertThat(rows())
        .extracting(row -> row.provider().toLowerCase(Locale.ROOT) + " " + row.id())
        .doesNotHaveDuplicates();
  }

  /** The documentation of these metrics names the events that they come from. */
  @Test
  void metricsNameTheIdsOfTheTable() {
    assertThat(ids("imf_service_failures_total")).isEqualTo(ids(m -> m instanceof Meaning.Failed));
    assertThat(ids("imf_service_last_crash_timestamp_seconds"))
        .isEqualTo(
            ids(m -> m instanceof Meaning.Failed f && f.failure().name().startsWith("TERMINATED")));
    assertThat(ids("imf_service_start_mode_downgraded_timestamp_seconds"))
        .isEqualTo(ids(m -> m instanceof Meaning.StartModeChanged));
    assertThat(ids("imf_smtp_bind_failures_total"))
        .isEqualTo(ids(m -> m instanceof Meaning.BindFailed));
  }

  private static SortedSet<Integer> ids(String metric) {
    MetricSpec spec =
        Catalogue.ofHosts().stream().filter(s -> s.name().equals(metric)).findFirst().orElseThrow();
    return new TreeSet<>(
        Pattern.compile("\\b\\d{3,4}\\b")
            .matcher(spec.origin())
            .results()
            .map(found -> Integer.valueOf(found.group()))
            .toList());
  }

  private static SortedSet<Integer> ids(Predicate<Meaning> meaning) {
    return new TreeSet<>(
        rows().stream()
            .filter(
                row ->
                    row.decoder()
                        .decode(
                            decoded(EventBytes.of(row.provider(), row.id()).strings("a", "b", "c")))
                        .filter(meaning)
                        .isPresent())
            .map(EventDecoders.Row::id)
            .toList());
  }

  private static List<EventDecoders.Row> rows() {
    return EventDecoders.table(
        new ServiceEvents(ServiceWords.SHIPPED), new UpdateEvents(RoutineUpdates.SHIPPED));
  }

  private Optional<Meaning> meaning(EventBytes event) {
    return decoders.meaning(decoded(event));
  }

  private static EventBytes kernel(int id) {
    return EventBytes.of("Microsoft-Windows-Kernel-General", id);
  }

  private static EventRecord decoded(EventBytes event) {
    try {
      return EventBytes.parse(event.toArray()).get(0);
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
  }
}
