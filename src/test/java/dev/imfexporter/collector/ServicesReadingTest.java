package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Services.Service;
import dev.imfexporter.watch.FakeHost;
import dev.imfexporter.watch.TestTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ServicesReadingTest {
  private final TestTime time = new TestTime();
  private final FakeHost host =
      new FakeHost()
          .service("iisadmin", ServiceState.RUNNING)
          .service("SMTPSVC", ServiceState.RUNNING)
          .service("RESvc", ServiceState.STOPPED);
  private final ServicesReading reading =
      new ServicesReading(List.of("IISADMIN", "SmtpSvc", "NntpSvc"), time);

  @Test
  void configuredServicesComeFirstAndNoneTwice() throws Exception {
    assertThat(reading.take(host).services().stream().map(Service::name))
        .containsExactly("IISADMIN", "SMTPSVC", "NntpSvc", "RESvc");
  }

  @Test
  void dependentsAreBoundedAlsoWhenTheyAreOthersEachTime() throws Exception {
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 300; i++) {
      host.service("Other" + i, ServiceState.RUNNING);
      if (i >= 100) {
        host.remove("Other" + (i - 100));
      }
      time.advance(Duration.ofMinutes(1));
      Services read = reading.take(host);
      read.services().forEach(service -> seen.add(service.name()));
      assertThat(read.services().size() + read.unlisted()).isEqualTo(4 + Math.min(i + 1, 100));
    }

    assertThat(seen).hasSize(3 + 64);
    assertThat(reading.take(host).missing())
        .contains("100 further dependents of IISADMIN are not watched");
  }

  @Test
  void dependentThatIsGoneForADayMakesRoomForAnother() throws Exception {
    for (int i = 0; i < 100; i++) {
      host.service("Other" + i, ServiceState.RUNNING);
    }
    assertThat(reading.take(host).unlisted()).isEqualTo(101 - 64);
    host.remove("Other0").remove("Other1");
    time.advance(Duration.ofHours(24));
    assertThat(reading.take(host).services()).as("two places are kept").hasSize(3 + 62);
    time.advance(Duration.ofMinutes(2));

    assertThat(reading.take(host).services()).hasSize(3 + 64);
    assertThat(reading.take(host).unlisted()).isEqualTo(99 - 64);
  }

  @Test
  void serviceThatIsNotInstalledIsNoError() throws Exception {
    Service missing = reading.take(host).services().get(2);

    assertThat(missing.status()).isEmpty();
    assertThat(missing.config()).isEmpty();
  }

  @Test
  void configurationIsAskedForOnceAMinute() throws Exception {
    reading.take(host);
    int calls = host.configCalls;
    time.advance(Duration.ofSeconds(59));
    host.mode("RESvc", StartMode.DISABLED);
    reading.take(host);
    assertThat(host.configCalls).isEqualTo(calls);

    time.advance(Duration.ofSeconds(1));
    assertThat(reading.take(host).services().get(3).config().orElseThrow().startMode())
        .isEqualTo(StartMode.DISABLED);
  }

  @Test
  void configurationIsAskedForAtOnceIfItIsForgotten() throws Exception {
    reading.take(host);
    host.mode("RESvc", StartMode.DISABLED);
    reading.forget();
    assertThat(reading.take(host).services().get(3).config().orElseThrow().startMode())
        .isEqualTo(StartMode.DISABLED);
    int calls = host.configCalls;
    reading.take(host);
    assertThat(host.configCalls).isEqualTo(calls);
  }

  @Test
  void serviceThatComesOrGoesIsSeenAtOnce() throws Exception {
    reading.take(host);
    host.service("NntpSvc", ServiceState.RUNNING);
    assertThat(reading.take(host).services().get(2).config()).isPresent();
    host.remove("RESvc");
    assertThat(reading.take(host).services()).hasSize(3);
  }

  @Test
  void dependentThatIsClosedToUsDoesNotHideTheOthers() throws Exception {
    host.deny("RESvc");
    Services services = reading.take(host);

    assertThat(services.services().stream().map(Service::name))
        .containsExactly("IISADMIN", "SMTPSVC", "NntpSvc");
    assertThat(new Result.Ok<>(services).reason())
        .contains("RESvc cannot be watched: OpenService RESvc failed: Access is denied (5)");
    assertThat(new Result.Ok<>(services).errorReason()).contains(ErrorReason.RIGHTS);
    assertThat(reading.take(host)).as("within the minute").isEqualTo(services);
  }

  @Test
  void configuredServiceThatIsClosedToUsFailsTheReading() {
    host.deny("SMTPSVC");

    assertThatThrownBy(() -> reading.take(host))
        .hasMessage("OpenService SMTPSVC failed: Access is denied (5)");
  }

  @Test
  void dependentsOfIisAdminAreNotAskedForWithoutIt() throws Exception {
    assertThat(new ServicesReading(List.of("SMTPSVC"), time).take(host).services()).hasSize(1);
  }
}
