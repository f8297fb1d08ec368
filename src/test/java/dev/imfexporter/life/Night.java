package dev.imfexporter.life;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.MarkerType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The time around something that is done to a relay. Times are seconds from its begin. */
final class Night {
  /** Long enough for everything to be well again, and for the rules to have seen it for a while. */
  static final int HEALTHY_MINUTES = 75;

  /** The longest halt, and the time for which an alert is kept after it. */
  static final int HALTED_MINUTES = 120;

  /** From the boot until an exporter on the host answers, or one elsewhere can read the host. */
  private static final int READABLE_AFTER_BOOT = 40;

  private final String name;
  private final boolean probed;
  private final int minutes;
  private final Map<LifeService, NavigableMap<Integer, ServiceState>> states =
      new EnumMap<>(LifeService.class);
  private final Map<LifeService, NavigableMap<Integer, StartMode>> modes =
      new EnumMap<>(LifeService.class);
  private final List<Seen> markers = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private Optional<Boot> boot = Optional.empty();
  private Optional<Halt> halt = Optional.empty();

  /** A marker of an update. */
  record Seen(int at, MarkerType marker, UpdateKind kind) {}

  /** The host is down from one time to another; Windows has been waiting for it for some time. */
  record Boot(int pendingSince, int down, int up) {}

  /** The host cannot be read, or the exporter cannot be scraped. */
  record Gap(int from, int until) {
    boolean covers(int at) {
      return from <= at && at < until;
    }
  }

  /**
   * Mail is halted for too long.
   *
   * @param due from when on a person has to be called
   * @param alerts that fire; the one that names the update inhibits the other
   */
  record Halt(int due, List<String> alerts) {}

  /**
   * @param name that of the host, too
   * @param minutes how long it is
   * @param probed whether an exporter elsewhere reads the host; otherwise it runs on it
   */
  Night(String name, int minutes, boolean probed) {
    this.name = name;
    this.minutes = minutes;
    this.probed = probed;
    watch(LifeService.IISADMIN);
    watch(LifeService.SMTPSVC);
  }

  String name() {
    return name;
  }

  boolean probed() {
    return probed;
  }

  int minutes() {
    return minutes;
  }

  List<Seen> markers() {
    return markers;
  }

  Optional<Boot> boot() {
    return boot;
  }

  Optional<Halt> halt() {
    return halt;
  }

  /** Those that the exporter watches. */
  Set<LifeService> services() {
    return states.keySet();
  }

  /** Adds a service that runs and starts automatically. */
  void watch(LifeService service) {
    states.put(service, new TreeMap<>(Map.of(Integer.MIN_VALUE, ServiceState.RUNNING)));
    modes.put(service, new TreeMap<>(Map.of(Integer.MIN_VALUE, StartMode.AUTO)));
  }

  /** In which state a service is from a time on. */
  NavigableMap<Integer, ServiceState> states(LifeService service) {
    return Objects.requireNonNull(states.get(service));
  }

  private NavigableMap<Integer, StartMode> modes(LifeService service) {
    return Objects.requireNonNull(modes.get(service));
  }

  void enters(int at, LifeService service, ServiceState state) {
    states(service).put(at, state);
  }

  void sets(int at, LifeService service, StartMode mode) {
    modes(service).put(at, mode);
  }

  /** Both services stop and start within some seconds. */
  void restart(int at, int seconds) {
    int stopped = at + Math.max(1, seconds / 4);
    int ready = at + Math.max(3, seconds / 2);
    enters(at, LifeService.SMTPSVC, ServiceState.STOP_PENDING);
    enters(at, LifeService.IISADMIN, ServiceState.STOP_PENDING);
    enters(stopped, LifeService.SMTPSVC, ServiceState.STOPPED);
    enters(stopped, LifeService.IISADMIN, ServiceState.STOPPED);
    enters(stopped + 1, LifeService.IISADMIN, ServiceState.START_PENDING);
    enters(ready, LifeService.IISADMIN, ServiceState.RUNNING);
    enters(ready, LifeService.SMTPSVC, ServiceState.START_PENDING);
    enters(at + seconds, LifeService.SMTPSVC, ServiceState.RUNNING);
  }

  void stop(int at, LifeService service) {
    enters(at, service, ServiceState.STOP_PENDING);
    enters(at + 4, service, ServiceState.STOPPED);
  }

  void start(int at, LifeService service, int seconds) {
    enters(at, service, ServiceState.START_PENDING);
    enters(at + seconds, service, ServiceState.RUNNING);
  }

  void reboots(int pendingSince, int down, int up) {
    boot = Optional.of(new Boot(pendingSince, down, up));
  }

  void marker(int at, MarkerType marker, UpdateKind kind) {
    markers.add(new Seen(at, marker, kind));
  }

  void gap(int from, int until) {
    gaps.add(new Gap(from, until));
  }

  void haltIsDue(int due, String... alerts) {
    halt = Optional.of(new Halt(due, List.of(alerts)));
  }

  boolean readable(int at) {
    return gaps.stream().noneMatch(gap -> gap.covers(at))
        && boot.map(b -> at < b.down() || at >= b.up() + READABLE_AFTER_BOOT).orElse(true);
  }

  ServiceState state(LifeService service, int at) {
    return states(service).floorEntry(at).getValue();
  }

  StartMode mode(LifeService service, int at) {
    return modes(service).floorEntry(at).getValue();
  }

  /** When the service got its present start mode; empty if it always had it. */
  Optional<Integer> modeSince(LifeService service, int at) {
    return Optional.of(modes(service).floorKey(at)).filter(since -> since != Integer.MIN_VALUE);
  }

  /** When the service left RUNNING; empty while it runs. */
  Optional<Integer> outSince(LifeService service, int at) {
    int since = at;
    for (var entry : states(service).headMap(at, true).descendingMap().entrySet()) {
      if (entry.getValue() == ServiceState.RUNNING) {
        break;
      }
      since = entry.getKey();
    }
    return state(service, at) == ServiceState.RUNNING ? Optional.empty() : Optional.of(since);
  }

  /** When the service last entered a state; empty if it has not tonight. */
  Optional<Integer> last(LifeService service, ServiceState state, int at) {
    return states(service).headMap(at, true).descendingMap().entrySet().stream()
        .filter(e -> e.getValue() == state && e.getKey() >= 0)
        .map(e -> e.getKey())
        .findFirst();
  }
}
