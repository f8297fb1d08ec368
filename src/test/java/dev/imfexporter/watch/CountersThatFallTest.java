package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.watch.WatchScenario.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Smtp.VirtualServer;
import dev.imfexporter.collector.SmtpCounter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counters that fall began anew if any source says that SMTPSVC was started meanwhile. */
class CountersThatFallTest {
  private final WatchScenario scenario = WatchScenario.watched();

  @Test
  void pollsSawTheRestart() {
    shows(5000);
    scenario.is(MAIL, STOPPED).polls().pass(5).is(MAIL, RUNNING).polls();
    shows(2);

    assertThat(passed()).isEqualTo(2);
  }

  @Test
  void notificationsReportTheRestart() {
    shows(5000);
    scenario.notifies(MAIL, STOPPED).pass(1).notifies(MAIL, RUNNING);
    shows(2);

    assertThat(passed()).isEqualTo(2);
  }

  /** Between two polls; the log is read after the counters fell. */
  @Test
  void eventLogReportsTheRestartLater() {
    shows(5000);
    scenario.logs(MAIL, STOPPED).pass(1).logs(MAIL, RUNNING);
    shows(2);
    assertThat(passed()).isZero();
    scenario.reads();
    shows(3);

    assertThat(passed()).isEqualTo(3);
  }

  @Test
  void noSourceReportsARestart() {
    shows(5000);
    shows(0);
    shows(5001);

    assertThat(passed()).isEqualTo(1);
  }

  private void shows(long sent) {
    scenario.pass(5);
    Smtp read =
        new Smtp(
            List.of(new VirtualServer("SMTP 1", Map.of(SmtpCounter.MESSAGES_SENT_TOTAL, sent))));
    scenario.state.step(
        new Observation.CountersRead(read, scenario.time.now(), scenario.time.now()));
    scenario.pass(5);
  }

  private long passed() {
    scenario.pass(20).polls().ticks();
    return scenario.state.history(scenario.time.now()).mailFlow().lastHour().passed();
  }
}
