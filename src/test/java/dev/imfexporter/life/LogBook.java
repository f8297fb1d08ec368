package dev.imfexporter.life;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Control;
import dev.imfexporter.collector.Meaning.Failure;
import dev.imfexporter.collector.Meaning.Named;
import dev.imfexporter.collector.Meaning.Step;
import dev.imfexporter.collector.UpdateKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the System log. Ids, sources and strings are those of the message tables of Windows (<a
 * href="https://github.com/libyal/winevt-kb">winevt-kb</a>).
 */
final class LogBook {
  static final String SYSTEM = "S-1-5-18";
  static final String ADMINISTRATOR = "S-1-5-21-1004336348-1177238915-682003330-1112";
  static final String SCM = "Service Control Manager";
  private static final Duration SLOWEST_WRITE = Duration.ofMillis(999);

  private final LogShape shape;
  private final Dice dice;
  private final List<Entry> entries = new ArrayList<>();

  /** A record that has no number yet. */
  private record Entry(
      Instant at,
      String provider,
      int id,
      Level level,
      List<String> strings,
      String data,
      Optional<String> sid,
      Optional<Meaning> meaning) {}

  LogBook(LogShape shape, Dice dice) {
    this.shape = shape;
    this.dice = dice;
  }

  LogShape shape() {
    return shape;
  }

  int size() {
    return entries.size();
  }

  /** 7036; Windows writes it for these two states alone. */
  void entered(Instant at, LifeService service, ServiceState state) {
    entered(at, service.shortName(), service.displayName(), state);
  }

  void entered(Instant at, String shortName, String displayName, ServiceState state) {
    boolean vista = shape == LogShape.VISTA;
    String word = state == ServiceState.RUNNING ? "running" : "stopped";
    String code = state == ServiceState.RUNNING ? "4" : "1";
    Named named = new Named(vista ? shortName : displayName, vista);
    write(
        late(at),
        SCM,
        7036,
        Level.INFORMATION,
        List.of(displayName, word),
        vista ? shortName + "/" + code : "",
        Optional.empty(),
        new Meaning.Entered(named, vista ? "" : word, Optional.of(state)));
  }

  /** 7035, which only the older Windows writes. */
  void controlled(Instant at, LifeService service, Control control, String sid) {
    if (shape == LogShape.SERVER_2003) {
      String word = control == Control.START ? "start" : "stop";
      write(
          at,
          SCM,
          7035,
          Level.INFORMATION,
          List.of(service.displayName(), word),
          "",
          Optional.of(sid),
          new Meaning.Controlled(named(service), word, Optional.of(control), Optional.of(sid)));
    }
  }

  /**
   * 7031 or 7034.
   *
   * @param recovery when the SCM will do something about it; empty when it will not
   */
  void terminated(Instant at, LifeService service, Optional<Duration> recovery) {
    List<String> strings = new ArrayList<>(List.of(service.displayName(), "1"));
    recovery.ifPresent(
        delay ->
            strings.addAll(
                List.of("" + delay.toMillis(), "3", "Run the configured recovery program")));
    write(
        late(at),
        SCM,
        recovery.isPresent() ? 7031 : 7034,
        Level.ERROR,
        strings,
        "",
        Optional.empty(),
        new Meaning.Failed(
            named(service),
            recovery.isPresent() ? Failure.TERMINATED_RECOVERING : Failure.TERMINATED));
  }

  /** 7009 and 7000: it did not answer in time. */
  void startTimedOut(Instant at, LifeService service) {
    Meaning failed = new Meaning.Failed(named(service), Failure.START);
    write(
        at,
        SCM,
        7009,
        Level.ERROR,
        List.of("30000", service.displayName()),
        "",
        Optional.empty(),
        failed);
    write(
        at.plusMillis(20),
        SCM,
        7000,
        Level.ERROR,
        List.of(service.displayName(), "%%1053"),
        "",
        Optional.empty(),
        failed);
  }

  /** 7022: it hung on starting. */
  void hungOnStarting(Instant at, LifeService service) {
    write(
        at,
        SCM,
        7022,
        Level.ERROR,
        List.of(service.displayName()),
        "",
        Optional.empty(),
        new Meaning.Failed(named(service), Failure.START));
  }

  void update(Instant at, Step step, UpdateKind kind, String kb, String title) {
    int id =
        switch (step) {
          case BEGUN -> 43;
          case INSTALLED -> 19;
          case FAILED -> 20;
        };
    write(
        at,
        updater(),
        id,
        step == Step.FAILED ? Level.ERROR : Level.INFORMATION,
        List.of(title),
        "",
        Optional.of(SYSTEM),
        new Meaning.UpdateStep(step, kind, Optional.of(kb), title));
  }

  /** 22, which the product leaves out, as the next two. */
  void rebootNeeded(Instant at) {
    noise(at, updater(), 22, Level.INFORMATION, List.of(""));
  }

  void routineUpdate(Instant at, int number) {
    String title =
        "Security Intelligence Update for Microsoft Defender Antivirus - KB2267602 (Version 1.401."
            + number
            + ".0)";
    noise(at, updater(), 19, Level.INFORMATION, List.of(title));
  }

  /** USER32 1074, and the last words of an orderly shutdown just before {@code down}. */
  void shutDown(Instant asked, Instant down, String process) {
    noise(
        asked,
        shape == LogShape.VISTA ? "User32" : "USER32",
        1074,
        Level.INFORMATION,
        List.of(
            process, "MAIL01", "Operating System: Upgrade (Planned)", "0x80020003", "restart", ""));
    plain(down.minusMillis(500), "EventLog", 6006, new Meaning.ShutDown(true));
    if (shape == LogShape.VISTA) {
      plain(
          down.minusMillis(200),
          "Microsoft-Windows-Kernel-General",
          13,
          new Meaning.ShutDown(true));
    }
  }

  void booted(Instant up, boolean orderly) {
    if (shape == LogShape.VISTA) {
      plain(up.plusSeconds(3), "Microsoft-Windows-Kernel-General", 12, new Meaning.Booted());
    }
    Instant service = up.plusSeconds(5);
    if (!orderly) {
      write(
          service,
          "EventLog",
          6008,
          Level.ERROR,
          List.of("", ""),
          "",
          Optional.empty(),
          new Meaning.ShutDown(false));
    }
    plain(service.plusMillis(10), "EventLog", 6009, new Meaning.Booted());
    plain(service.plusMillis(20), "EventLog", 6005, new Meaning.Booted());
  }

  /** Kernel-General 1, which only the newer Windows writes. */
  void clockSet(ClockStep step) {
    if (shape == LogShape.VISTA) {
      Instant to = step.at().plus(step.after());
      Instant from = step.at().plus(step.before());
      write(
          step.at().plusMillis(5),
          "Microsoft-Windows-Kernel-General",
          1,
          Level.INFORMATION,
          List.of(to.toString(), from.toString()),
          "",
          Optional.of(SYSTEM),
          new Meaning.ClockSet(from, to));
    }
  }

  /** A record that no decoder has a meaning for. */
  void noise(Instant at, String provider, int id, Level level, List<String> strings) {
    entries.add(
        new Entry(at, provider, id, level, strings, "", Optional.empty(), Optional.empty()));
  }

  /** A record that is counted. */
  void counted(Instant at, String provider, int id, Level level) {
    write(at, provider, id, level, List.of(), "", Optional.empty(), new Meaning.Counted());
  }

  /**
   * All records in the order in which they were written.
   *
   * @param hostTime what the host's clock shows at a true time
   */
  List<LifeEvent> numbered(Function<Instant, Instant> hostTime) {
    entries.sort(Comparator.comparing(Entry::at));
    List<LifeEvent> events = new ArrayList<>();
    for (Entry entry : entries) {
      events.add(
          new LifeEvent(
              entry.at(),
              events.size() + 1L,
              hostTime.apply(entry.at()).truncatedTo(ChronoUnit.SECONDS),
              entry.provider(),
              entry.id(),
              entry.level(),
              entry.strings(),
              entry.data(),
              entry.sid(),
              entry.meaning()));
    }
    return events;
  }

  private void plain(Instant at, String provider, int id, Meaning meaning) {
    write(at, provider, id, Level.INFORMATION, List.of(), "", Optional.empty(), meaning);
  }

  private void write(
      Instant at,
      String provider,
      int id,
      Level level,
      List<String> strings,
      String data,
      Optional<String> sid,
      Meaning meaning) {
    entries.add(new Entry(at, provider, id, level, strings, data, sid, Optional.of(meaning)));
  }

  private Instant late(Instant at) {
    return at.plus(dice.seconds(0, SLOWEST_WRITE.toMillis() / 1000.0));
  }

  private String updater() {
    return shape == LogShape.VISTA
        ? "Microsoft-Windows-WindowsUpdateClient"
        : "Windows Update Agent";
  }

  private static Named named(LifeService service) {
    return new Named(service.displayName(), false);
  }
}
