package dev.imfexporter.access.demo;

import dev.imfexporter.access.ServiceState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * One cycle of a story: what its lines say, by the second in which it happens.
 *
 * @param line where it begins in the file
 * @param length in seconds
 * @param services only those that change; at the beginning every service runs
 * @param folder when the new version folder appears; empty if it never does
 * @param registry when the registry names the new version; empty if it never does
 */
record Cycle(
    String name,
    int line,
    int length,
    Map<DemoService, NavigableMap<Integer, Change>> services,
    NavigableMap<Integer, Rates> arriving,
    NavigableMap<Integer, Rates> leaving,
    OptionalInt folder,
    OptionalInt registry) {

  /**
   * A service enters a state.
   *
   * @param exitCode Win32 code, 0 unless it is stopped
   * @param byHand whether an administrator told it to, and not the update
   */
  record Change(ServiceState state, long exitCode, boolean byHand) {
    /** Whether it was told to change, and has not yet obeyed. */
    boolean isControl() {
      return switch (state) {
        case START_PENDING, STOP_PENDING, CONTINUE_PENDING, PAUSE_PENDING -> true;
        case STOPPED, RUNNING, PAUSED -> false;
      };
    }
  }

  /** Messages per second for mailboxes here and for other servers. */
  record Rates(double local, double remote) {}

  static Cycle named(String name, int line, int length) {
    return new Cycle(
        name,
        line,
        length,
        new EnumMap<>(DemoService.class),
        new TreeMap<>(),
        new TreeMap<>(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  Cycle withFolder(int second) {
    return new Cycle(
        name, line, length, services, arriving, leaving, OptionalInt.of(second), registry);
  }

  Cycle withRegistry(int second) {
    return new Cycle(
        name, line, length, services, arriving, leaving, folder, OptionalInt.of(second));
  }

  void add(DemoService service, int second, Change change) {
    services.computeIfAbsent(service, s -> new TreeMap<>()).put(second, change);
  }

  Change change(DemoService service, int second) {
    return Optional.ofNullable(services.get(service))
        .map(changes -> changes.floorEntry(second))
        .map(Map.Entry::getValue)
        .orElse(new Change(ServiceState.RUNNING, 0, false));
  }

  boolean smtpRuns(int second) {
    return change(DemoService.SMTPSVC, second).state() == ServiceState.RUNNING;
  }

  /** The first second since which SMTPSVC has not been running; the second itself if it is. */
  int mailSince(int second) {
    int since = second;
    while (!smtpRuns(since) && since > 0 && !smtpRuns(since - 1)) {
      since--;
    }
    return since;
  }

  /** When the service's last start up to that second began; empty if it was not in this cycle. */
  OptionalInt startBegan(DemoService service, int second) {
    return Optional.ofNullable(services.get(service)).stream()
        .flatMap(changes -> changes.headMap(second, true).descendingMap().entrySet().stream())
        .filter(entry -> entry.getValue().state() == ServiceState.START_PENDING)
        .mapToInt(Map.Entry::getKey)
        .findFirst();
  }

  /** Mail at each second from 0 to the length, if it is so at second 0. */
  List<Mail> mail(Mail first) {
    List<Mail> seconds = new ArrayList<>(length + 1);
    Mail mail = first;
    for (int second = 0; second <= length; second++) {
      if (second > 0 && smtpRuns(second) && !smtpRuns(second - 1)) {
        mail = mail.reset();
      }
      seconds.add(mail);
      if (smtpRuns(second)) {
        mail = next(mail, second);
      }
    }
    return seconds;
  }

  private Mail next(Mail mail, int second) {
    double wave = 1 + 0.2 * Math.sin(second / 11.0) + 0.1 * Math.sin(second / 3.7);
    Rates in = arriving.floorEntry(second).getValue();
    Rates out = leaving.floorEntry(second).getValue();
    double local = in.local() * wave;
    double remote = in.remote() * wave;
    double delivered = Math.min(out.local(), mail.localQueue() + local);
    double sent = Math.min(out.remote(), mail.remoteQueue() + remote);
    return new Mail(
        local + remote,
        mail.received() + local + remote,
        mail.delivered() + delivered,
        mail.sent() + sent,
        mail.localQueue() + local - delivered,
        mail.remoteQueue() + remote - sent,
        (int) Math.round(1.5 + 1.5 * Math.sin(second * 1.9)));
  }
}
