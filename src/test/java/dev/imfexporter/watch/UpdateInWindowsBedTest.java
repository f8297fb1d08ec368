package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.win32.WindowsHost;
import dev.imfexporter.bed.WindowsBed;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.collector.ServicesReading;
import dev.imfexporter.diagnosis.ChangeReport;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateChanges.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An update of this Windows machine, whose services are read by Win32 calls; only time is made. */
@Tag("windows")
class UpdateInWindowsBedTest {
  private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

  private final WindowsBed bed = WindowsBed.open();
  private final WindowsHost host = WindowsHost.local();
  private final ServicesReading reading =
      new ServicesReading(List.of("IISADMIN", "SMTPSVC"), () -> now().wall());
  private final List<Fact> facts = new ArrayList<>();
  private Duration elapsed = Duration.ZERO;
  private Optional<Instant> updated = Optional.empty();
  private ObservedState state = ObservedState.begin(false, facts, now());

  @BeforeEach
  void defaults() {
    bed.reset();
    sc("sc.exe \\\\mail01 failure SMTPSVC reset= 86400 actions= restart/60000/\"\"/0");
    sc("sc.exe \\\\mail01 config SMTPSVC depend= +NetworkProvider/IISADMIN");
  }

  @AfterEach
  void restore() {
    bed.reset();
    host.close();
  }

  private Moment now() {
    return new Moment(START.plus(elapsed), Duration.ofSeconds(1000).plus(elapsed));
  }

  /** Polls once a minute. */
  private void pass(int minutes) throws Exception {
    for (int i = 0; i < minutes; i++) {
      state.step(new Observation.Polled(reading.take(host), now(), now(), Set.of()));
      state.step(
          new Observation.DefinitionRead(
              new Definition(
                  Optional.empty(),
                  Optional.of(
                      new Definition.Folder(
                          DefinitionVersion.of(updated.isEmpty() ? "6.5.1.0" : "6.5.2.0")
                              .orElseThrow(),
                          updated.orElse(START.minusSeconds(864_000)))),
                  Optional.empty()),
              now()));
      elapsed = elapsed.plusMinutes(1);
    }
  }

  private UpdateChanges changes() {
    return Objects.requireNonNull(state.history(now()).episodes().changes().get(1L));
  }

  /** What page, diagnose and history say. */
  private String told() {
    Episode episode = state.history(now()).episodes().newest().orElseThrow();
    return ChangeReport.of("mail01", episode, Optional.of(changes()), Instant::toString).summary();
  }

  /** Takes a line as cmd.exe does: quotes hold a word together and are no part of it. */
  private void sc(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : (line + " ").toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    assertThat(words.remove(0)).isEqualTo("sc.exe");
    bed.sc(words.toArray(String[]::new));
  }

  @Test
  void threeThingsThatAnUpdateResetArePutBackByThreeCommands() throws Exception {
    pass(3);
    updated = Optional.of(now().wall());
    bed.startMode("SMTPSVC", StartMode.DISABLED);
    sc("sc.exe \\\\mail01 failure SMTPSVC reset= 0 actions= \"\"");
    sc("sc.exe \\\\mail01 config SMTPSVC depend= /");
    pass(2);
    state = ObservedState.begin(false, facts, now());
    pass(60);

    List<String> commands =
        changes().changes().stream().map(change -> change.command("mail01").orElseThrow()).toList();
    assertThat(changes().complete()).isTrue();
    assertThat(commands)
        .containsExactly(
            "sc.exe \\\\mail01 config SMTPSVC start= auto",
            "sc.exe \\\\mail01 failure SMTPSVC reset= 86400 actions= restart/60000/\"\"/0",
            "sc.exe \\\\mail01 config SMTPSVC depend= +NetworkProvider/IISADMIN");

    assertThat(told()).isEqualTo("3 settings are not as they were before the update.");
    commands.forEach(this::sc);
    pass(2);

    assertThat(changes().remaining()).isEmpty();
    assertThat(told()).isEqualTo("3 settings changed, and are as before the update again.");
    assertThat(changes().changes()).extracting(Change::of).containsOnly("SMTPSVC");
  }

  @Test
  void anAccountIsPutBack() throws Exception {
    pass(3);
    updated = Optional.of(now().wall());
    sc("sc.exe \\\\mail01 config SMTPSVC obj= \"NT AUTHORITY\\NetworkService\"");
    pass(63);

    assertThat(changes().changes())
        .extracting(change -> change.command("mail01").orElseThrow())
        .containsExactly("sc.exe \\\\mail01 config SMTPSVC obj= LocalSystem");
  }

  @Test
  void anUpdateThatChangesNothingIsSaidToHaveChangedNothing() throws Exception {
    pass(3);
    updated = Optional.of(now().wall());
    pass(63);

    assertThat(changes().complete()).isTrue();
    assertThat(changes().known()).isTrue();
    assertThat(changes().changes()).isEmpty();
    assertThat(told()).isEqualTo("Nothing that we can see was changed.");
  }
}
