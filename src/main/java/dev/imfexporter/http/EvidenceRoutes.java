package dev.imfexporter.http;

import dev.imfexporter.evidence.Evidence;
import dev.imfexporter.evidence.EvidenceBundle;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Archives of a host's evidence, of what the exporter knows: no host is asked for them. */
final class EvidenceRoutes {
  private final Watched watched;
  private final String version;

  EvidenceRoutes(Watched watched, String version) {
    this.watched = watched;
    this.version = version;
  }

  /** Of a host, with its newest episode. */
  void host(Context request) {
    snapshot(request)
        .ifPresentOrElse(
            host -> send(request, host, host.history().episodes().newest()),
            () -> Answers.noSuchHost(request));
  }

  void episode(Context request) {
    Optional<HostSnapshot> host = snapshot(request);
    if (host.isEmpty()) {
      Answers.noSuchHost(request);
      return;
    }
    Optional<Episode> episode =
        number(request.pathParam("number")).flatMap(n -> host.get().history().episodes().find(n));
    if (episode.isEmpty()) {
      Answers.sentence(request, 404, "This host has no such episode, or it is not kept any more.");
      return;
    }
    send(request, host.get(), episode);
  }

  private Optional<HostSnapshot> snapshot(Context request) {
    return watched.host(request.pathParam("name")).map(ObservedHost::lastSnapshot);
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private void send(Context request, HostSnapshot host, Optional<Episode> episode) {
    EvidenceBundle bundle =
        EvidenceBundle.of(
            new Evidence(
                host, episode, Optional.empty(), watched.configuration(host.name()), version));
    ByteArrayOutputStream archive = new ByteArrayOutputStream(32 * 1024);
    try {
      bundle.writeTo(archive);
    } catch (IOException e) {
      throw new UncheckedIOException("A buffer does no input or output", e);
    }
    request
        .contentType("application/zip")
        .header("Content-Disposition", "attachment; filename=\"" + bundle.name() + ".zip\"");
    Answers.send(request, archive.toByteArray());
  }
}
