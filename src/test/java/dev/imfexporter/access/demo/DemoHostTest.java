package dev.imfexporter.access.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.AccessException.Unsupported;
import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.format.PerformanceBlock;
import dev.imfexporter.access.format.PerformanceBlock.Counter;
import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import dev.imfexporter.access.format.TitleTable;
import dev.imfexporter.collector.SmtpCounter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoHostTest {
  private static final Instant BEGIN = Instant.parse("2007-03-21T22:00:00Z");
  private static final Duration BEFORE = Duration.ZERO;
  private static final Duration DOWN = Duration.ofMinutes(5);
  private static final Duration FOLDER = Duration.ofSeconds(156);
  private static final String UPDATE =
      "SOFTWARE\\Microsoft\\Updates\\Exchange Server 2003\\SP3\\KB907747";
  private static final String FILTER = "C:\\Program Files\\Exchsrvr\\bin\\MSCFV2";

  private static final RecoveryActions TWO_RESTARTS =
      new RecoveryActions(
          86_400,
          List.of(
              new Action(ActionType.RESTART, 60_000),
              new Action(ActionType.RESTART, 60_000),
              new Action(ActionType.NONE, 0)),
          "",
          "",
          Optional.empty());

  private Instant now = BEGIN;
  private final InstantSource clock = () -> now;
  private final DemoHost host = DemoHost.play(clock, Duration.ZERO, ZoneId.of("Europe/Berlin"));

  @Test
  void servicesAreSetUpAsExchangeDoesIt() throws AccessException {
    assertThat(host.kind()).isEqualTo(AccessKind.DEMO);
    assertThat(host.services().config("smtpsvc"))
        .contains(
            new ServiceConfig(
                "Simple Mail Transfer Protocol (SMTP)",
                StartMode.AUTO,
                List.of("IISADMIN"),
                new ServiceConfig.Details(List.of(), "LocalSystem", Optional.of(TWO_RESTARTS))));
    assertThat(host.services().config("IISADMIN").orElseThrow().requires())
        .containsExactly("RPCSS", "SAMSS");
    assertThat(host.services().dependents("iisadmin")).containsExactly("RESvc", "SMTPSVC");
    assertThat(host.services().dependents("SMTPSVC")).isEmpty();
    assertThat(host.services().dependents("nothing")).isEmpty();
    assertThat(host.services().status("W3SVC")).isEmpty();
    assertThat(host.services().config("W3SVC")).isEmpty();
  }

  @Test
  void servicesShareOneProcessWhichIsAnotherAfterTheRestart() throws AccessException {
    ServiceStatus before = status("SMTPSVC", BEFORE);
    assertThat(before.state()).isEqualTo(ServiceState.RUNNING);
    assertThat(before.processId()).isPositive().isEqualTo(status("IISADMIN", BEFORE).processId());
    assertThat(status("SMTPSVC", DOWN)).isEqualTo(new ServiceStatus(ServiceState.STOPPED, 0, 0, 0));
    assertThat(status("IISADMIN", DOWN))
        .isEqualTo(new ServiceStatus(ServiceState.STOPPED, 1067, 0, 0));
    ServiceStatus after = status("SMTPSVC", Duration.ofMinutes(9));
    assertThat(after.processId()).isPositive().isNotEqualTo(before.processId());
    assertThat(status("SMTPSVC", Duration.ofMinutes(11)).processId())
        .as("in the next cycle, before its restart")
        .isEqualTo(after.processId());
  }

  @Test
  void playsTheArticleFromTheMomentItIsMade() throws AccessException {
    try (DemoHost article = DemoHost.play(clock, Duration.ZERO)) {
      assertThat(article.services().status("SMTPSVC")).contains(status("SMTPSVC", BEFORE));
      assertThat(status("SMTPSVC", DOWN))
          .isEqualTo(article.services().status("SMTPSVC").orElseThrow());
    }
  }

  @Test
  void registryAndFolderLookAsIfTheHostHadBeenRunning() throws AccessException {
    assertThat(text(UPDATE, "packageversion")).isEqualTo("6.5.7935.0");
    assertThat(text(UPDATE, "InstalledDate")).isEqualTo("3/7/2007");
    assertThat(host.registry().lastWritten(View.BITS_32, UPDATE))
        .contains(BEGIN.minus(Duration.ofDays(14)));
    assertThat(
            host.registry()
                .value(View.BITS_64, "SOFTWARE\\Microsoft\\Exchange", "ContentFilterState"))
        .contains(new RegistryValue.Numeric(1));
    assertThat(text("software\\microsoft\\exchange\\setup", "Services"))
        .isEqualTo("C:\\Program Files\\Exchsrvr");
    assertThat(folders().keySet())
        .containsExactlyInAnyOrder("6.5.7935.0", "6.5.7934.0", "6.5.7933.0");
    assertThat(folders().values()).allSatisfy(at -> assertThat(at).isBefore(BEGIN));
  }

  @Test
  void theFolderComesBeforeTheRegistry() throws AccessException {
    now = BEGIN.plus(FOLDER);
    assertThat(folders()).containsEntry("6.5.7936.0", now).hasSize(3);
    assertThat(text(UPDATE, "PackageVersion")).isEqualTo("6.5.7935.0");
    now = BEGIN.plusSeconds(400);
    assertThat(text(UPDATE, "PackageVersion")).isEqualTo("6.5.7936.0");
    assertThat(text(UPDATE, "InstalledDate")).isEqualTo("3/21/2007");
    assertThat(host.registry().lastWritten(View.BITS_32, UPDATE)).contains(BEGIN.plusSeconds(290));
  }

  @Test
  void whatIsNotThereIsEmpty() throws AccessException {
    assertThat(host.registry().value(View.BITS_32, "SOFTWARE\\Nothing", "x")).isEmpty();
    assertThat(host.registry().value(View.BITS_32, UPDATE, "x")).isEmpty();
    assertThat(host.registry().lastWritten(View.BITS_32, "SOFTWARE\\Nothing")).isEmpty();
    assertThat(host.files().list("C:\\Nothing")).isEmpty();
  }

  @Test
  void performanceDataHasEveryCounterOfSmtp() throws AccessException {
    TitleTable titles = TitleTable.parse(host.performanceData().query("Counter 009"));
    PerformanceObject object = smtp(titles).get(0);
    assertThat(object.instances()).extracting(Instance::name).containsExactly("_Total", "SMTP 1");
    Set<String> names =
        object.instances().get(1).counters().stream()
            .map(counter -> titles.name(counter.nameIndex()).orElseThrow())
            .collect(Collectors.toSet());
    for (SmtpCounter counter : SmtpCounter.values()) {
      assertThat(names).contains(counter.windowsName());
    }
    assertThat(names)
        .as("and some that are not collected")
        .hasSize(SmtpCounter.values().length + 3);
  }

  @Test
  void noCounterFallsBackWhileSmtpRuns() throws AccessException {
    TitleTable titles = TitleTable.parse(host.performanceData().query("Counter 009"));
    Map<String, Long> before = counters(titles);
    now = BEGIN.plusSeconds(89);
    Map<String, Long> after = counters(titles);
    for (String name : before.keySet()) {
      if (name.contains("Total")) {
        assertThat(gain(name, before, after)).as(name).isNotNegative();
      }
    }
    assertThat(gain("Messages Received Total", before, after)).isBetween(2 * 89L, 5 * 89L);
    assertThat(gain("Local Queue Length", before, after)).isGreaterThan(30);
    assertThat(gain("Remote Queue Length", before, after)).isGreaterThan(20);
  }

  @Test
  void performanceDataOfSmtpIsThereOnlyWhileItRuns() throws AccessException {
    TitleTable titles = TitleTable.parse(host.performanceData().query("counter 009"));
    now = BEGIN.plusSeconds(89);
    assertThat(smtp(titles)).hasSize(1);
    now = BEGIN.plusSeconds(90);
    assertThat(smtp(titles)).isEmpty();
    now = BEGIN.plusSeconds(478);
    assertThat(smtp(titles)).hasSize(1);
    assertThat(PerformanceBlock.parse(host.performanceData().query("2 238")).objects()).isEmpty();
  }

  @Test
  void isPolled() {
    StatusListener deaf =
        new StatusListener() {
          @Override
          public void changed(String service, ServiceStatus status) {}

          @Override
          public void ended(String service, AccessException why) {}
        };
    assertThatExceptionOfType(Unsupported.class)
        .isThrownBy(() -> host.services().subscribe(Set.of("IISADMIN"), deaf))
        .withMessage("The demo is polled");
    assertThatExceptionOfType(Unsupported.class)
        .isThrownBy(() -> host.registry().onChange(View.BITS_32, UPDATE, () -> {}))
        .withMessage("The demo is polled");
  }

  @Test
  void callsFailAsOnARealHost() {
    assertThatExceptionOfType(CallFailed.class)
        .isThrownBy(() -> host.performanceData().query("Nonsense"))
        .withMessage(
            "RegQueryValueEx HKEY_PERFORMANCE_DATA Nonsense failed:"
                + " The system cannot find the file specified (2)");
    host.close();
    assertThatExceptionOfType(CallFailed.class)
        .isThrownBy(() -> host.services().status("SMTPSVC"))
        .withMessage("QueryServiceStatusEx SMTPSVC failed: The handle is invalid (6)");
  }

  private ServiceStatus status(String service, Duration time) throws AccessException {
    now = BEGIN.plus(time);
    return host.services().status(service).orElseThrow();
  }

  private String text(String key, String name) throws AccessException {
    return host.registry()
        .value(View.BITS_32, key, name)
        .map(value -> ((RegistryValue.Text) value).value())
        .orElseThrow();
  }

  private Map<String, Instant> folders() throws AccessException {
    return host.files().list(FILTER).orElseThrow().stream()
        .filter(Entry::folder)
        .collect(Collectors.toMap(Entry::name, Entry::created));
  }

  private List<PerformanceObject> smtp(TitleTable titles) throws AccessException {
    int index = titles.index("SMTP Server").orElseThrow();
    return PerformanceBlock.parse(host.performanceData().query(Integer.toString(index))).objects();
  }

  private Map<String, Long> counters(TitleTable titles) throws AccessException {
    return smtp(titles).get(0).instances().get(1).counters().stream()
        .collect(Collectors.toMap(c -> titles.name(c.nameIndex()).orElseThrow(), Counter::value));
  }

  private static long gain(String name, Map<String, Long> before, Map<String, Long> after) {
    return after.getOrDefault(name, -1L) - before.getOrDefault(name, 0L);
  }
}
