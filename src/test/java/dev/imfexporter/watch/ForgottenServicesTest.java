package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Services.Service;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.model.EventHistory;
import dev.imfexporter.watch.model.OutageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Services that the host no longer lists, such as an add-on that was uninstalled. */
class ForgottenServicesTest {
  private static final String ADD_ON = "AddOn";
  private static final String DISPLAY_NAME = "An add-on";

  private final TestTime time = new TestTime();
  private final List<Fact> facts = new ArrayList<>();
  private final ObservedState state = ObservedState.begin(true, facts, time.now());
  private long record;

  @Test
  void everOtherServicesTakeNoMoreMemory() {
    int names = 0;
    List<Integer> sizes = new ArrayList<>();
    for (int look = 0; look < 40; look++) {
      List<Service> services = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        services.add(service("Other" + names, "Other add-on " + names, RUNNING));
        names++;
      }
      polls(services);
      fails("Other add-on " + (names - 1));
      sizes.add(state.state().summary().size());
      assertThat(state.history(time.now()).services()).hasSize(301);
    }

    // Of settings, twelve changes are kept.
    assertThat(sizes.get(39)).isLessThan(1_300).isEqualTo(sizes.get(12));
    assertThat(state.history(time.now()).events().failures()).hasSizeLessThan(300 + 64);
    replaysToTheSame();
  }

  @Test
  void serviceThatIsGoneIsForgottenAfterADay() {
    restarts();
    fails(DISPLAY_NAME);
    polls(List.of());
    passes(Duration.ofHours(23));
    runs();
    assertThat(restartsOfAddOn()).as("back within a day").isEqualTo(1);
    assertThat(failures()).isNotEmpty();
    replaysToTheSame();

    polls(List.of());
    passes(Duration.ofHours(25));
    assertThat(state.serviceSummary())
        .noneMatch(fact -> fact instanceof ServiceFact.ServiceTotals of && isAddOn(of.service()))
        .filteredOn(ServiceFact.OutageSettled.class::isInstance)
        .as("its outages are history")
        .hasSize(1);
    assertThat(failures()).isEmpty();
    replaysToTheSame();
  }

  @Test
  void serviceThatComesBackHasOtherOutagesThanBefore() {
    restarts();
    polls(List.of());
    passes(Duration.ofHours(25));
    runs();
    assertThat(restartsOfAddOn()).isZero();
    restarts();

    Set<OutageId> ids = new HashSet<>();
    state.outages(time.now()).forEach(outage -> ids.add(outage.id()));
    assertThat(ids).hasSize(2);
    assertThat(restartsOfAddOn()).isEqualTo(1);
    replaysToTheSame();
  }

  @Test
  void serviceOfManyDisplayNamesIsNamedByTheNewest() {
    for (int i = 0; i < 1_000; i++) {
      polls(List.of(service(ADD_ON, "Add-on, build " + i, RUNNING)));
    }
    fails("Add-on, build 998");
    assertThat(failures()).isEmpty();
    fails("Add-on, build 999");
    assertThat(failures()).hasSize(1);
  }

  private void runs() {
    polls(List.of(service(ADD_ON, DISPLAY_NAME, RUNNING)));
  }

  private void restarts() {
    runs();
    polls(List.of(service(ADD_ON, DISPLAY_NAME, STOPPED)));
    runs();
    // Nothing of it is in the log; five minutes later it is counted all the same.
    for (int i = 0; i < 6; i++) {
      runs();
    }
  }

  private void passes(Duration while_) {
    for (long hour = 0; hour < while_.toHours(); hour++) {
      time.advance(Duration.ofHours(1));
      polls(List.of());
    }
  }

  private void polls(List<Service> dependents) {
    time.advance(Duration.ofMinutes(1));
    List<Service> services = new ArrayList<>(dependents);
    services.add(service("SMTPSVC", "Simple Mail Transfer Protocol", RUNNING));
    state.step(new Observation.Polled(new Services(services), time.now(), time.now(), Set.of()));
  }

  private static Service service(String name, String displayName, ServiceState state) {
    return new Service(
        name,
        Optional.of(new ServiceStatus(state, 0, 0, 0)),
        Optional.of(new ServiceConfig(displayName, StartMode.AUTO, List.of("IISADMIN"))));
  }

  private void fails(String displayName) {
    record++;
    LoggedEvent event =
        new LoggedEvent(
            EventLog.SYSTEM,
            record,
            time.instant(),
            "Service Control Manager",
            7023,
            LoggedEvent.Level.ERROR,
            new Meaning.Failed(new Meaning.Named(displayName, false), Meaning.Failure.OTHER));
    Events.LogRead read =
        new Events.LogRead(
            EventLog.SYSTEM,
            Optional.of(new EventCursor(record, time.instant())),
            Optional.empty(),
            true,
            List.of(event));
    state.step(new Observation.EventsRead(new Events(List.of(read)), time.now(), time.now()));
  }

  private static boolean isAddOn(String service) {
    return service.equals(ADD_ON);
  }

  private List<EventHistory.Failures> failures() {
    return state.history(time.now()).events().failures();
  }

  private long restartsOfAddOn() {
    return state.service(ADD_ON, time.now()).totals().restarts();
  }

  private void replaysToTheSame() {
    List<Fact> summary = state.state().summary();
    assertThat(sinceWhen(replayed(facts))).as("all facts").isEqualTo(sinceWhen(summary));
    assertThat(replayed(summary)).as("a rewritten journal").isEqualTo(summary);
  }

  /** Until when settings were read is in the journal once an hour; a rewritten one has it. */
  private static List<Fact> sinceWhen(List<Fact> facts) {
    return facts.stream()
        .map(
            fact ->
                fact instanceof UpdateFact.SettingsRead read
                    ? new UpdateFact.SettingsRead(
                        read.kind(), read.from(), read.from(), read.settings())
                    : fact)
        .toList();
  }

  private List<Fact> replayed(List<Fact> from) {
    return HostState.replay(ObservedState.settings(true), from, time.now()).summary();
  }
}
