package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Services.Service;
import dev.imfexporter.watch.model.MailFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mail flow of a host that is read for the first time, in the order in which results come. */
class FirstJudgementTest {
  private final TestTime time = new TestTime();
  private final ObservedState state = ObservedState.begin(true, new ArrayList<>(), time.now());

  @Test
  void answerOfSmtpThatCameBeforeTheEventsCounts() {
    poll(Optional.of(ServiceState.RUNNING));
    state.step(
        new Observation.BannerRead(new Banner(Map.of(), Optional.empty()), time.now(), time.now()));
    time.advance(Duration.ofSeconds(3));
    readEvents();

    assertThat(flow().evidence()).contains("SMTP answers clients.");
  }

  @Test
  void serviceThatIsDeletedWasReadAllTheSame() {
    poll(Optional.of(ServiceState.RUNNING));
    readEvents();
    poll(Optional.empty());
    readEvents();

    assertThat(flow().evidence()).noneMatch(sentence -> sentence.contains("could not be read"));
  }

  private void poll(Optional<ServiceState> smtp) {
    time.advance(Duration.ofSeconds(1));
    Service service =
        new Service(
            "SMTPSVC",
            smtp.map(is -> new ServiceStatus(is, 0, 0, 0)),
            smtp.map(is -> new ServiceConfig("SMTP", StartMode.AUTO, List.of())));
    state.step(
        new Observation.Polled(new Services(List.of(service)), time.now(), time.now(), Set.of()));
  }

  private void readEvents() {
    time.advance(Duration.ofSeconds(1));
    LogRead log = new LogRead("System", Optional.empty(), Optional.empty(), true, List.of());
    state.step(new Observation.EventsRead(new Events(List.of(log)), time.now(), time.now()));
  }

  private MailFlow flow() {
    return state.history(time.now()).mailFlow();
  }
}
