package dev.imfexporter.watch.poll;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.watch.FakeHost;
import dev.imfexporter.watch.TestTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NotificationsTest {
  private static final List<String> BOTH = List.of("IISADMIN", "SMTPSVC");
  private static final ServiceStatus STATUS = new ServiceStatus(RUNNING, 0, 0, 4);

  private final TestTime time = new TestTime();
  private final Scm scm = new Scm();
  private final List<String> changes = new ArrayList<>();
  private final Notifications notifications =
      new Notifications(scm, Runnable::run, time, (service, status) -> changes.add(service));

  @Test
  void distrustedServiceIsAskedForAgainAndHasOneSubscription() {
    notifications.subscribe(BOTH);
    scm.newest().notifyAllServices();
    for (int i = 0; i < 100; i++) {
      notifications.markUnreliable("SMTPSVC");
      askAgainAfter(Duration.ofSeconds(30));
      scm.newest().notifyAllServices();

      assertThat(scm.open).hasSize(1);
      assertThat(notifications.areNotified(BOTH)).isTrue();
    }
    assertThat(scm.asked).hasSize(101);
  }

  @Test
  void slowServiceManagerHasOneSubscriptionInTheEnd() {
    notifications.subscribe(BOTH);
    for (int i = 0; i < 3; i++) {
      askAgainAfter(Duration.ofSeconds(30));
    }
    scm.asked.forEach(Asked::notifyAllServices);

    assertThat(scm.open).hasSize(1);
    assertThat(changes).containsExactly("IISADMIN", "SMTPSVC");
  }

  @Test
  void serviceThatIsNotSupportedLeavesTheOthersAndIsAskedForAgainAfterAnHour() {
    notifications.subscribe(BOTH);
    scm.newest().notifyAllServices();
    scm.newest()
        .listener()
        .ended("SMTPSVC", new AccessException.Unsupported("The request is not supported (50)"));
    askAgainAfter(Duration.ofMinutes(59));
    assertThat(scm.asked).hasSize(1);

    scm.newest().listener().ended("IISADMIN", new AccessException.Missing("gone"));
    notifications.subscribe(BOTH);
    assertThat(scm.newest().services()).containsExactly("IISADMIN");

    askAgainAfter(Duration.ofMinutes(1));
    assertThat(scm.newest().services()).containsExactly("IISADMIN", "SMTPSVC");
    scm.newest().notifyAllServices();
    assertThat(notifications.areNotified(BOTH)).isTrue();
    assertThat(scm.open).hasSize(1);
  }

  @Test
  void servicesThatAreListedNoLongerLeaveNoSubscription() {
    for (int i = 0; i < 100; i++) {
      time.advance(Duration.ofSeconds(30));
      notifications.subscribe(List.of("IISADMIN", "Other" + i));
      scm.newest().notifyAllServices();
    }

    assertThat(scm.open).hasSizeLessThan(3);
    assertThat(notifications.isNotified("IISADMIN")).isTrue();
    assertThat(notifications.isNotified("Other50")).isFalse();
  }

  private void askAgainAfter(Duration wait) {
    time.advance(wait);
    notifications.subscribe(BOTH);
  }

  private record Asked(Set<String> services, StatusListener listener) {
    void notifyAllServices() {
      services.forEach(service -> listener.changed(service, STATUS));
    }
  }

  /** Notifies when the test says so. */
  private static final class Scm extends FakeHost {
    private final List<Asked> asked = new ArrayList<>();
    private final List<Asked> open = new ArrayList<>();

    @Override
    public Subscription subscribe(Set<String> wanted, StatusListener to) {
      Asked request = new Asked(new TreeSet<>(wanted), to);
      asked.add(request);
      open.add(request);
      return () -> open.remove(request);
    }

    Asked newest() {
      return asked.get(asked.size() - 1);
    }
  }
}
