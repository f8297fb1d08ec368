package dev.imfexporter.http;

import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.evidence.Evidence;
import dev.imfexporter.evidence.EvidenceBundle;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Archives of a host's evidence, of what the exporter knows: no host is asked for them, unless the
 * query has {@code events=last_day}.
 */
final class EvidenceRoutes {
  private static final String EVENTS = "events";
  private static final String LAST_DAY = "last_day";

  private final Watched watched;
  private final Answers answers;
  private final String version;

  EvidenceRoutes(Watched watched, Answers answers, String version) {
    this.watched = watched;
    this.answers = answers;
    this.version = version;
  }

  /** Finds the episode that an archive is about. */
  private interface About extends Function<HostSnapshot, Optional<Episode>> {}

  /** Of a host, with its newest episode. */
  void host(Context request) {
    answer(request, host -> host.history().episodes().newest(), false);
  }

  /** Of a host, with that episode. */
  void episode(Context request) {
    Optional<Long> number = number(request.pathParam("number"));
    answer(request, host -> number.flatMap(n -> host.history().episodes().find(n)), true);
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private void answer(Context request, About about, boolean needed) {
    String events = Parameters.of(request, EVENTS).text(EVENTS);
    if (!events.isEmpty() && !events.equals(LAST_DAY)) {
      throw new BadParameter("events takes last_day.");
    }
    Optional<ObservedHost> host = watched.host(request.pathParam("name"));
    if (host.isEmpty()) {
      Answers.noSuchHost(request, watched);
      return;
    }
    HostSnapshot last = host.get().lastSnapshot();
    if (needed && about.apply(last).isEmpty()) {
      Answers.noSuchEpisode(request, last, request.pathParam("number"));
    } else if (events.isEmpty()) {
      send(request, new FreshReading(last, new DayEvents.NotAsked(), Instant.EPOCH), about);
    } else if (request.method().equals(HandlerType.HEAD)) {
      // A reading takes seconds of the host, and the answer has no body.
      request.contentType("application/zip");
      Answers.sendHeaders(request);
    } else {
      watched
          .readNow(last.name())
          .ifPresentOrElse(
              reading -> answers.whenKnown(request, reading, read -> send(request, read, about)),
              () -> Answers.noSuchHost(request, watched));
    }
  }

  private void send(Context request, FreshReading reading, About about) {
    HostSnapshot host = reading.snapshot();
    EvidenceBundle bundle =
        EvidenceBundle.of(
            Evidence.of(reading, about.apply(host), watched.configuration(host.name()), version));
    request
        .contentType("application/zip")
        .header("Content-Disposition", "attachment; filename=\"" + bundle.name() + ".zip\"");
    Answers.send(request, bundle.zip());
  }
}
