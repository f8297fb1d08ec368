package dev.imfexporter.access.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays the first two days of the story: the first cycle takes 10:30, the second 9:30. */
class StoryTest {
  private static final Story STORY = new Story(ArticleStory.cycles());
  private static final Duration PERIOD = Duration.ofMinutes(20);

  @ParameterizedTest
  @CsvSource({
    "0:00,  running,       running,       running",
    "1:29,  running,       running,       running",
    "1:30,  running,       stop_pending,  stop_pending",
    "1:33,  running,       stop_pending,  stopped",
    "1:48,  stop_pending,  stopped,       stopped",
    "2:31,  stopped,       stopped,       stopped",
    "2:40,  start_pending, stopped,       stopped",
    "3:05,  stopped,       stopped,       stopped",
    "7:39,  stopped,       stopped,       stopped",
    "7:40,  start_pending, stopped,       stopped",
    "7:52,  running,       stopped,       stopped",
    "7:53,  running,       start_pending, stopped",
    "7:58,  running,       running,       stopped",
    "8:02,  running,       running,       running",
    "10:29, running,       running,       running",
    "12:50, running,       stop_pending,  stop_pending",
    "12:53, stop_pending,  stopped,       stopped",
    "13:07, running,       running,       running",
    "20:00, running,       running,       running",
    "21:30, running,       stop_pending,  stop_pending",
  })
  void servicesComeAndGo(String time, String iisadmin, String smtpsvc, String resvc) {
    Scene scene = STORY.at(seconds(time));
    assertThat(scene.services().values())
        .extracting(p -> p.state().word())
        .containsExactly(iisadmin, smtpsvc, resvc);
  }

  @Test
  void anyCycleCanFollowAnyOther() {
    for (Cycle cycle : DemoHost.DAYS) {
      for (DemoService service : DemoService.values()) {
        assertThat(cycle.change(service, 0).state()).isEqualTo(ServiceState.RUNNING);
        assertThat(cycle.change(service, cycle.length()).state()).isEqualTo(ServiceState.RUNNING);
        assertThat(cycle.startMode(service, cycle.length())).isEqualTo(StartMode.AUTO);
      }
      assertThat(cycle.startBegan(DemoService.SMTPSVC, cycle.length())).isPresent();
      assertThat(Story.atItsEnd(cycle).queued()).isZero();
    }
  }

  @Test
  void mailHaltsForMinutesAndThenForSeconds() {
    assertThat(ArticleStory.cycles().stream().mapToInt(Cycle::length).sum())
        .isEqualTo(PERIOD.toSeconds());
    assertThat(outages(DemoService.SMTPSVC)).containsExactly(6 * 60 + 28, 16);
    assertThat(outages(DemoService.IISADMIN)).containsExactly(6 * 60 + 4, 11);
    assertThat(outages(DemoService.RESVC)).containsExactly(6 * 60 + 32, 17);
  }

  @Test
  void aFailedStartLeavesItsCodeUntilTheNext() {
    assertThat(exitCode("2:35")).isZero();
    assertThat(exitCode("3:05")).isEqualTo(1067);
    assertThat(exitCode("7:39")).isEqualTo(1067);
    assertThat(exitCode("7:40")).isZero();
  }

  @Test
  void totalsOnlyGrowUntilSmtpStartsAgain() {
    int resets = 0;
    Scene before = STORY.at(Duration.ZERO);
    for (long millis = 250; millis <= 2 * PERIOD.toMillis(); millis += 250) {
      Scene scene = STORY.at(Duration.ofMillis(millis));
      Mail mail = scene.mail();
      if (scene.running(DemoService.SMTPSVC) && !before.running(DemoService.SMTPSVC)) {
        resets++;
        assertThat(List.of(mail.received(), mail.delivered(), mail.sent())).containsOnly(0.0);
      } else {
        assertThat(mail.received())
            .as("at %d ms", millis)
            .isBetween(before.mail().received(), before.mail().received() + 6);
        assertThat(mail.delivered()).isGreaterThanOrEqualTo(before.mail().delivered());
        assertThat(mail.sent()).isGreaterThanOrEqualTo(before.mail().sent());
      }
      before = scene;
    }
    assertThat(resets).isEqualTo(4);
  }

  @Test
  void nothingIsLostBetweenArrivalAndDeparture() {
    Mail start = STORY.at(seconds("7:58")).mail();
    for (int second = 478; second < 630; second++) {
      Mail mail = STORY.at(Duration.ofSeconds(second)).mail();
      assertThat(mail.delivered() + mail.sent() + mail.queued())
          .isCloseTo(start.queued() + mail.received(), within(1e-6));
    }
  }

  @Test
  void healthyMailFlowsWithEmptyQueues() {
    for (int second = 1; second < 50; second++) {
      Mail mail = STORY.at(Duration.ofSeconds(second)).mail();
      assertThat(mail.perSecond()).isBetween(2.0, 5.5);
      assertThat(mail.queued()).isZero();
      assertThat(mail.inHand()).isBetween(0, 3);
    }
  }

  @Test
  void queuesGrowInTheSlowPhaseAndAfterTheStartAndDrain() {
    assertThat(queued("0:50")).isZero();
    assertThat(queued("1:29")).isBetween(60.0, 200.0);
    assertThat(queued("7:58")).as("kept on disk").isEqualTo(queued("1:30"));
    assertThat(queued("8:45")).isBetween(2 * queued("7:58"), 1_000.0);
    assertThat(queued("9:15")).isLessThan(queued("8:45"));
    assertThat(queued("10:00")).isZero();
    assertThat(queued("10:30")).as("before the quick restart").isZero();
    assertThat(queued("12:50")).isBetween(1.0, 50.0);
  }

  @Test
  void everyCycleBringsAVersionWhoseFolderComesFirst() {
    assertThat(newestFolder("2:35")).isEqualTo(new Scene.Update(-1, Duration.ofDays(-14)));
    assertThat(newestFolder("2:36")).isEqualTo(new Scene.Update(0, seconds("2:36")));
    assertThat(registered("4:49")).isEqualTo(new Scene.Update(-1, Duration.ofDays(-14)));
    assertThat(registered("4:50")).isEqualTo(new Scene.Update(0, seconds("4:50")));
    assertThat(newestFolder("12:56")).isEqualTo(new Scene.Update(0, seconds("2:36")));
    assertThat(newestFolder("12:57")).isEqualTo(new Scene.Update(1, seconds("12:57")));
    assertThat(registered("13:01")).isEqualTo(new Scene.Update(1, seconds("13:01")));
    assertThat(newestFolder("22:36")).isEqualTo(new Scene.Update(2, seconds("22:36")));
  }

  @Test
  void threeVersionsAreKept() {
    assertThat(numbers("0:00")).containsExactly(-1L, -2L, -3L);
    assertThat(numbers("2:36")).containsExactly(0L, -1L, -2L);
    assertThat(numbers("60:00")).containsExactly(5L, 4L, 3L);
  }

  @Test
  void aServicesStartIsRememberedIntoTheNextCycle() {
    assertThat(startBegan("0:00")).isEqualTo(Duration.ofDays(-14));
    assertThat(startBegan("2:40")).isEqualTo(seconds("2:40"));
    assertThat(startBegan("10:00")).isEqualTo(seconds("7:40"));
    assertThat(startBegan("11:00")).isEqualTo(seconds("7:40"));
    assertThat(startBegan("21:00")).isEqualTo(seconds("12:58"));
  }

  @Test
  void dependsOnTheTimeAlone() {
    Duration first = Duration.ofMillis(78_250);
    Scene scene = STORY.at(first);
    STORY.at(Duration.ofDays(3_650));
    assertThat(STORY.at(first))
        .isEqualTo(scene)
        .isEqualTo(new Story(ArticleStory.cycles()).at(first));
    assertThat(STORY.at(first.plus(PERIOD)).mail()).isEqualTo(scene.mail());
    assertThat(STORY.at(Duration.ofSeconds(-5))).isEqualTo(STORY.at(Duration.ZERO));
  }

  @Test
  void tellsOfAnUpdateThatNeverReachesTheRegistry() {
    Story story =
        new Story(
            List.of(
                new Cycle(60)
                    .arriving(0, 2, 1.5)
                    .leaving(0, 20, 10)
                    .enters(10, DemoService.SMTPSVC, ServiceState.STOPPED)
                    .folder(20)
                    .enters(30, DemoService.SMTPSVC, ServiceState.START_PENDING)
                    .enters(40, DemoService.SMTPSVC, ServiceState.RUNNING)));
    assertThat(story.at(Duration.ofHours(9)).registered().number()).isEqualTo(-1);
    assertThat(story.at(Duration.ofHours(9)).folders().get(0).number()).isEqualTo(539);
  }

  private static List<Integer> outages(DemoService service) {
    List<Integer> outages = new ArrayList<>();
    int since = 0;
    for (int second = 0; second <= 1200; second++) {
      boolean running = STORY.at(Duration.ofSeconds(second)).running(service);
      if (running && since > 0) {
        outages.add(second - since);
        since = 0;
      } else if (!running && since == 0) {
        since = second;
      }
    }
    return outages;
  }

  private static long exitCode(String time) {
    Scene.Played played = STORY.at(seconds(time)).played(DemoService.IISADMIN);
    assertThat(played.state()).isNotEqualTo(ServiceState.RUNNING);
    return played.exitCode();
  }

  private static double queued(String time) {
    return STORY.at(seconds(time)).mail().queued();
  }

  private static Scene.Update newestFolder(String time) {
    return STORY.at(seconds(time)).folders().get(0);
  }

  private static List<Long> numbers(String time) {
    return STORY.at(seconds(time)).folders().stream().map(Scene.Update::number).toList();
  }

  private static Scene.Update registered(String time) {
    return STORY.at(seconds(time)).registered();
  }

  private static Duration startBegan(String time) {
    return STORY.at(seconds(time)).played(DemoService.IISADMIN).startBegan();
  }

  private static Duration seconds(String time) {
    String[] parts = time.split(":", 2);
    return Duration.parse(String.format(Locale.ROOT, "PT%sM%sS", parts[0], parts[1]));
  }
}
