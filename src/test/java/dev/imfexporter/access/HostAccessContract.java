package dev.imfexporter.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.EventLogReader.Direction;
import dev.imfexporter.access.EventLogReader.Range;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.HostClock.HostTime;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.Volumes.Volume;
import dev.imfexporter.access.format.EventBytes;
import dev.imfexporter.access.format.TitleTable;
import dev.imfexporter.collector.ClockReading;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.DefinitionReading;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Services.Service;
import dev.imfexporter.collector.ServicesReading;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.collector.SmtpReading;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.collector.UpdateSchedule;
import dev.imfexporter.collector.UpdateScheduleReading;
import dev.imfexporter.collector.event.EventDecoders;
import dev.imfexporter.collector.event.EventsReading;
import dev.imfexporter.collector.event.RoutineUpdates;
import dev.imfexporter.collector.event.ServiceWords;
import dev.imfexporter.config.Module;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.Observation;
import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.model.Collected;
import dev.imfexporter.watch.model.Failures;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.RestartForecast;
import dev.imfexporter.watch.model.SmtpAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The behaviour that all accesses share. Each access runs it on a host of its own kind, on which
 * IISADMIN and SMTPSVC run, RESvc and SMTPSVC depend on IISADMIN, a definition is installed, and
 * updates are installed every day at 3:00.
 */
public abstract class HostAccessContract {
  private static final String NO_SUCH_SERVICE = "IMFMISSING";
  private static final String DEFINITION =
      "SOFTWARE\\Microsoft\\Updates\\Exchange Server 2003\\SP3\\KB907747";
  private static final Duration WITHIN = Duration.ofSeconds(10);

  /** A host as described above, unchanged. */
  protected abstract HostAccess host();

  /** The host's clock. */
  protected abstract InstantSource clock();

  /** Where the folders of the definition's versions lie, as the access names it. */
  protected abstract String versionFolders();

  /** The definition's version. */
  protected String installed() {
    return "6.5.7936.0";
  }

  /** Stops SMTPSVC, and waits until it is stopped. */
  protected abstract void stopSmtp() throws Exception;

  /** Has the log System hold two records at least, one of them about an update that is ready. */
  protected abstract void writeEvents() throws Exception;

  /** As the configuration would say it; empty where the host itself tells. */
  protected Optional<String> configuredFolders() {
    return Optional.empty();
  }

  @Test
  void servicesAreToldAsTheyAre() throws Exception {
    ServiceControl services = host().services();

    ServiceStatus smtp = services.status("smtpsvc").orElseThrow();
    assertThat(smtp.state()).isEqualTo(ServiceState.RUNNING);
    assertThat(smtp.processId()).isPositive();
    ServiceConfig config = services.config("SMTPSVC").orElseThrow();
    assertThat(config.displayName()).isEqualTo("Simple Mail Transfer Protocol (SMTP)");
    assertThat(config.startMode()).isEqualTo(StartMode.AUTO);
    assertThat(config.requires()).contains("IISADMIN");
    assertThat(services.dependents("IISADMIN")).contains("RESvc", "SMTPSVC");

    stopSmtp();

    ServiceStatus stopped = services.status("SMTPSVC").orElseThrow();
    assertThat(stopped.state()).isEqualTo(ServiceState.STOPPED);
    assertThat(stopped.processId()).isZero();
  }

  @Test
  void serviceThatIsNotInstalledIsNone() throws Exception {
    ServiceControl services = host().services();

    assertThat(services.status(NO_SUCH_SERVICE)).isEmpty();
    assertThat(services.config(NO_SUCH_SERVICE)).isEmpty();
    assertThat(services.dependents(NO_SUCH_SERVICE)).isEmpty();
  }

  @Test
  void registryValuesAreThereOrNot() throws Exception {
    Registry registry = host().registry();

    assertThat(registry.value(View.BITS_64, DEFINITION, "PackageVersion"))
        .contains(new RegistryValue.Text(installed()));
    assertThat(registry.value(View.BITS_64, DEFINITION.toLowerCase(Locale.ROOT), "PACKAGEVERSION"))
        .isPresent();
    assertThat(registry.value(View.BITS_64, DEFINITION, "missing")).isEmpty();
    assertThat(registry.value(View.BITS_64, DEFINITION + "\\missing", "x")).isEmpty();
    assertThat(registry.lastWritten(View.BITS_64, DEFINITION + "\\missing")).isEmpty();
  }

  @Test
  void performanceDataHasTheTableOfNamesAndTheObjectsThatAreAskedFor() throws Exception {
    PerformanceData data = host().performanceData();

    TitleTable titles = TitleTable.parse(data.query("Counter 009"));
    int smtp = titles.index("SMTP Server").orElseThrow();

    assertThat(data.query(Integer.toString(smtp))).hasSizeGreaterThan(600);
  }

  @Test
  void foldersAreListedInPartOrWhole() throws Exception {
    Files files = host().files();

    assertThat(files.list(versionFolders()).orElseThrow())
        .anySatisfy(
            entry -> {
              assertThat(entry.name()).isEqualTo(installed());
              assertThat(entry.folder()).isTrue();
            })
        .extracting(Entry::name)
        .doesNotContain(".", "..");
    assertThat(files.list(versionFolders() + "\\missing")).isEmpty();
    Files.Sample none = files.sample(versionFolders(), 0, WITHIN).orElseThrow();
    assertThat(none.entries()).isEmpty();
    assertThat(none.complete()).isFalse();
  }

  @Test
  void volumeOfAFolderHasRoom() throws Exception {
    Volume volume = host().volumes().of(versionFolders()).orElseThrow();

    assertThat(volume.free()).isPositive().isLessThanOrEqualTo(volume.size());
    assertThat(versionFolders().toUpperCase(Locale.ROOT))
        .startsWith(volume.name().toUpperCase(Locale.ROOT));
    assertThat(volume.name()).doesNotEndWith("\\");
    assertThat(host().volumes().of(versionFolders() + "\\missing")).isEmpty();
  }

  @Test
  void eventsAreReadFromTheOldestToTheNewest() throws Exception {
    writeEvents();
    try (EventLogReader log = host().eventLog().open("System")) {
      Range range = log.range().orElseThrow();

      assertThat(range.newest()).isGreaterThan(range.oldest());
      assertThat(EventBytes.parse(log.read(range.oldest(), Direction.NEWER)).get(0).toString())
          .contains("=" + range.oldest());
      assertThat(log.read(range.newest(), Direction.OLDER)).isNotEmpty();
      assertThat(log.read(range.newest() + 1, Direction.NEWER)).isEmpty();
    }
  }

  @Test
  void clockIsThatOfTheHost() throws Exception {
    HostTime time = host().clock().now();

    assertThat(Duration.between(time.now(), clock().instant()).abs())
        .isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void everyReadingIsTaken() throws Exception {
    writeEvents();

    Services services = new ServicesReading(List.of("IISADMIN", "SMTPSVC"), clock()).take(host());
    assertThat(services.services())
        .filteredOn(service -> !service.name().equals("RESvc"))
        .extracting(Service::name)
        .containsExactlyInAnyOrder("IISADMIN", "SMTPSVC");
    Definition definition = new DefinitionReading(configuredFolders(), ZoneOffset.UTC).take(host());
    assertThat(definition.registered().orElseThrow().version().text()).isEqualTo(installed());
    assertThat(definition.folder().orElseThrow().version().text()).isEqualTo(installed());
    Smtp smtp = new SmtpReading().take(host());
    assertThat(smtp.virtualServers())
        .anySatisfy(
            server -> {
              assertThat(server.name()).isEqualTo("SMTP 1");
              assertThat(server.counters()).containsKey(SmtpCounter.REMOTE_QUEUE_LENGTH);
            });
    UpdateSchedule schedule = new UpdateScheduleReading().take(host());
    assertThat(schedule.day()).isEmpty();
    assertThat(schedule.next(clock().instant()).orElseThrow().getHour()).isEqualTo(3);
    HostClockState machine = new ClockReading(System::nanoTime).take(host());
    assertThat(machine.sinceBoot()).isPositive();
    Events events =
        new EventsReading(
                EventsReading.LOGS,
                log -> Optional.empty(),
                new EventDecoders(
                    Module.DEFAULT.events().providers(), RoutineUpdates.SHIPPED, ServiceWords.NONE),
                Duration.ofDays(9999),
                clock())
            .take(host());
    assertThat(events.logs()).extracting(LogRead::log).containsExactly("System", "Application");
    assertThat(events.logs().get(0).failure()).isEmpty();
    assertThat(events.logs().get(0).cursor()).isPresent();
    assertThat(events.logs().get(0).events())
        .anyMatch(event -> event.meaning() instanceof Meaning.UpdatesAnnounced);
    assertThat(forecast(schedule, events, clock().instant()).orElseThrow())
        .startsWith("Mail on mail01 may restart on ")
        .containsPattern(" at 03:00 .*: \\d+ updates? (is|are) scheduled");
  }

  /** What the page says of a host on which just this was read. */
  private static Optional<String> forecast(UpdateSchedule schedule, Events events, Instant now) {
    Moment moment = new Moment(now, Duration.ofSeconds(1_000));
    ObservedState state = ObservedState.begin(true, new ArrayList<>(), moment);
    state.step(new Observation.EventsRead(events, moment, moment));
    HostSnapshot snapshot =
        new HostSnapshot(
            "mail01",
            AccessKind.DEMO,
            SmtpAddress.DEFAULT,
            Collected.of(
                List.of(
                    new Timed<>(
                        CollectorKey.UPDATE_SCHEDULE,
                        new Result.Ok<>(schedule),
                        now,
                        Duration.ZERO)),
                now),
            state.history(moment),
            Failures.NONE);
    return RestartForecast.of(snapshot, now)
        .map(forecast -> forecast.sentence("mail01", TimeView.utc(now)));
  }
}
