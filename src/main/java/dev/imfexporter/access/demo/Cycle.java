package dev.imfexporter.access.demo;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.Win32Error;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One cycle of a story: what happens at which of its seconds. It begins and ends with every service
 * running, automatic, and empty queues, and restarts SMTPSVC in between, so any cycle can follow
 * any other. Changed only while the story is written.
 */
final class Cycle {
  /** The default interval between two tries. */
  private static final int LOGGED_EVERY = 900;

  private final int length;
  private final Map<DemoService, NavigableMap<Integer, Change>> services =
      new EnumMap<>(DemoService.class);
  private final NavigableMap<Integer, Rates> arriving = new TreeMap<>();
  private final NavigableMap<Integer, Rates> leaving = new TreeMap<>();
  private final Map<DemoService, NavigableMap<Integer, StartMode>> startModes =
      new EnumMap<>(DemoService.class);
  private final Map<DemoService, Integer> unrecovered = new EnumMap<>(DemoService.class);
  private int refusedFrom = Integer.MAX_VALUE;
  private int refusedUntil = Integer.MAX_VALUE;
  private OptionalInt folder = OptionalInt.empty();
  private OptionalInt registry = OptionalInt.empty();

  /**
   * A service enters a state.
   *
   * @param exitCode Win32 code, 0 unless its process was aborted
   * @param byHand whether an administrator caused it, and not the update
   */
  record Change(ServiceState state, int exitCode, boolean byHand) {
    /** Whether this is the effect of a control, which the service has not yet carried out. */
    boolean isControl() {
      return switch (state) {
        case START_PENDING, STOP_PENDING, CONTINUE_PENDING, PAUSE_PENDING -> true;
        case STOPPED, RUNNING, PAUSED -> false;
      };
    }
  }

  /** Messages per second for mailboxes here and for other servers. */
  private record Rates(double local, double remote) {}

  /**
   * @param length in seconds
   */
  Cycle(int length) {
    this.length = length;
  }

  /** Messages arrive at these rates from a second on. */
  Cycle arriving(int second, double local, double remote) {
    arriving.put(second, new Rates(local, remote));
    return this;
  }

  /** From a second on, the server can get rid of that many messages per second. */
  Cycle leaving(int second, double local, double remote) {
    leaving.put(second, new Rates(local, remote));
    return this;
  }

  Cycle enters(int second, DemoService service, ServiceState state) {
    return add(second, service, new Change(state, 0, false));
  }

  /** An administrator sends a service the control that leads to a state. */
  Cycle byHand(int second, DemoService service, ServiceState state) {
    return add(second, service, new Change(state, 0, true));
  }

  /** The process of a service ends without reporting a stop. */
  Cycle aborts(int second, DemoService service) {
    return add(
        second, service, new Change(ServiceState.STOPPED, Win32Error.PROCESS_ABORTED, false));
  }

  private Cycle add(int second, DemoService service, Change change) {
    services.computeIfAbsent(service, s -> new TreeMap<>()).put(second, change);
    return this;
  }

  /** The start mode of a service is set. */
  Cycle startMode(int second, DemoService service, StartMode mode) {
    startModes.computeIfAbsent(service, s -> new TreeMap<>()).put(second, mode);
    return this;
  }

  /** The recovery actions of a service are taken away, until the end of the cycle. */
  Cycle losesRecovery(int second, DemoService service) {
    unrecovered.put(service, second);
    return this;
  }

  boolean recovers(DemoService service, int second) {
    return second < unrecovered.getOrDefault(service, Integer.MAX_VALUE);
  }

  /** Other servers refuse every message between two seconds: it bounces instead of being sent. */
  Cycle refused(int from, int until) {
    refusedFrom = from;
    refusedUntil = until;
    return this;
  }

  /** The seconds at which SMTP logs that mail is refused: at once, and every 15 min. */
  IntStream refusals() {
    return IntStream.iterate(refusedFrom, at -> at < refusedUntil, at -> at + LOGGED_EVERY);
  }

  /** The folder of a new version of the filter appears. */
  Cycle folder(int second) {
    folder = OptionalInt.of(second);
    return this;
  }

  /** The registry names the new version, and Automatic Updates logs its installation. */
  Cycle registry(int second) {
    registry = OptionalInt.of(second);
    return this;
  }

  int length() {
    return length;
  }

  /** The changes of each service that has any, by second. */
  Map<DemoService, NavigableMap<Integer, Change>> services() {
    return services;
  }

  /** The new start modes of each service whose start mode changes, by second. */
  Map<DemoService, NavigableMap<Integer, StartMode>> startModes() {
    return startModes;
  }

  StartMode startMode(DemoService service, int second) {
    return Optional.ofNullable(startModes.get(service))
        .map(modes -> modes.floorEntry(second))
        .map(Map.Entry::getValue)
        .orElse(StartMode.AUTO);
  }

  /** When the new version folder appears; empty if it never does. */
  OptionalInt folder() {
    return folder;
  }

  /** When the registry names the new version; empty if it never does. */
  OptionalInt registry() {
    return registry;
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
    double left = Math.min(out.remote(), mail.remoteQueue() + remote);
    double bounced = second >= refusedFrom && second < refusedUntil ? left : 0;
    return new Mail(
        local + remote,
        mail.received() + local + remote,
        // The report of a message that bounces goes to a mailbox on this server.
        mail.delivered() + delivered + bounced,
        mail.sent() + left - bounced,
        mail.bounced() + bounced,
        mail.localQueue() + local - delivered,
        mail.remoteQueue() + remote - left,
        (int) Math.round(1.5 + 1.5 * Math.sin(second * 1.9)));
  }
}
