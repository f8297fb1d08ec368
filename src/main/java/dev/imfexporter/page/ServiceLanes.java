package dev.imfexporter.page;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.page.Timeline.Entry;
import dev.imfexporter.page.Timeline.Kind;
import dev.imfexporter.page.Timeline.Lane;
import dev.imfexporter.page.Timeline.Piece;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lanes of the services: their outages, each in its phases. */
final class ServiceLanes {
  private final HostHistory history;
  private final TimeView time;
  private final List<Outage> outages;

  /**
   * @param outages those of the time that is drawn
   */
  ServiceLanes(HostHistory history, TimeView time, List<Outage> outages) {
    this.history = history;
    this.time = time;
    this.outages = List.copyOf(outages);
  }

  /** A lane for each service that is or was installed. */
  List<Lane> all() {
    Map<String, List<Outage>> byService =
        outages.stream()
            .collect(
                Collectors.groupingBy(Outage::service, LinkedHashMap::new, Collectors.toList()));
    return history.services().stream()
        .filter(service -> service.standing() != Standing.MISSING)
        .map(
            service ->
                Lane.of(
                    service.name(),
                    byService.getOrDefault(service.name(), List.of()).stream()
                        .flatMap(outage -> entries(outage, service))
                        .toList()))
        .toList();
  }

  private Stream<Entry> entries(Outage outage, ServiceHistory service) {
    Instant end = outage.ended().orElse(time.now());
    Entry out =
        new Entry(
            outage.began(),
            end,
            outage.ended().isEmpty(),
            Episodes.words(outage),
            pieces(outage, service, end));
    Instant limit = outage.began().plus(history.limits().halted());
    boolean halts =
        service.name().equals(WellKnownServices.SMTP) && !outage.shutdown() && limit.isBefore(end);
    return halts
        ? Stream.of(
            out,
            Entry.moment(
                limit,
                Kind.LIMIT,
                "out for %s, the limit of a halt"
                    .formatted(TimeWords.duration(history.limits().halted()))))
        : Stream.of(out);
  }

  private static List<Piece> pieces(Outage outage, ServiceHistory service, Instant end) {
    List<Piece> pieces = new ArrayList<>();
    Instant stopped = outage.began().plus(length(outage, Phase.STOP));
    Instant starting = end.minus(outage.ended().isEmpty() ? Duration.ZERO : start(outage));
    if (stopped.isAfter(outage.began())) {
      pieces.add(new Piece(outage.began(), stopped, Kind.STOP, ""));
    }
    boolean down =
        outage.phases().containsKey(Phase.DOWN)
            || (outage.ended().isEmpty()
                && service.status().filter(s -> s.state() == ServiceState.STOPPED).isPresent());
    if (starting.isAfter(stopped)) {
      pieces.add(new Piece(stopped, starting, down ? Kind.DOWN : Kind.OUT, down ? "down" : "out"));
    }
    if (end.isAfter(starting)) {
      pieces.add(new Piece(starting, end, Kind.START, ""));
    }
    return pieces;
  }

  private static Duration start(Outage outage) {
    return length(outage, Phase.START);
  }

  private static Duration length(Outage outage, Phase phase) {
    return outage.phases().getOrDefault(phase, Duration.ZERO);
  }
}
