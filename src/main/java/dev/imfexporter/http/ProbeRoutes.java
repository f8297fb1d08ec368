package dev.imfexporter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.LookStory;
import dev.imfexporter.exposition.Rendered;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The routes for Prometheus: {@code /metrics}, {@code /probe} and {@code /sd}. */
final class ProbeRoutes {
  private static final String TARGET = "target";
  private static final String LABEL = "__meta_imf_";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Watched watched;
  private final Exposition metrics;
  private final Answers answers;

  /** A group of targets (https://prometheus.io/docs/prometheus/latest/http_sd/). */
  private record Group(List<String> targets, Map<String, String> labels) {}

  ProbeRoutes(Watched watched, Exposition metrics, Answers answers) {
    this.watched = watched;
    this.metrics = metrics;
    this.answers = answers;
  }

  /** Refuses parameters, since those of other exporters would ask for a part only. */
  void metrics(Context request) {
    if (!request.queryParamMap().isEmpty()) {
      Answers.sentence(
          request,
          400,
          "No parameter is understood here, such as collect[]: each scrape has all metrics, and"
              + " metric_relabel_configs of Prometheus drop those that you do not want.");
      return;
    }
    Format format = format(request);
    Optional<ObservedHost> here = watched.here();
    if (here.isEmpty()) {
      send(request, metrics.page(format, Optional.empty()));
      return;
    }
    answers.whenObserved(
        request,
        here.get(),
        deadline(request),
        snapshot -> send(request, metrics.page(format, Optional.of(snapshot))));
  }

  void probe(Context request) {
    Format format = format(request);
    whenProbed(request, "/probe", snapshot -> send(request, metrics.host(format, snapshot)));
  }

  /** The story of a look, and the metrics that follow from it, as text for people. */
  void debug(Context request) {
    whenProbed(
        request,
        "/debug/probe",
        snapshot -> {
          request.contentType("text/plain; charset=utf-8");
          String all =
              LookStory.of(snapshot)
                  + "\nmetrics\n"
                  + new String(metrics.host(Format.TEXT, snapshot).body(), StandardCharsets.UTF_8);
          Answers.send(request, all.getBytes(StandardCharsets.UTF_8));
        });
  }

  /** Refuses parameters that would choose what is read, or with which account. */
  private void whenProbed(Context request, String path, Consumer<HostSnapshot> answer) {
    for (String name : request.queryParamMap().keySet()) {
      if (name.equals("module") || name.equals("auth")) {
        Answers.sentence(
            request,
            400,
            "The configuration says which " + name + " a host has: leave " + name + " out.");
        return;
      }
      if (!name.equals(TARGET)) {
        Answers.sentence(request, 400, "Only target is understood here.");
        return;
      }
    }
    List<String> targets = request.queryParams(TARGET);
    if (targets.size() != 1 || targets.get(0).isEmpty()) {
      Answers.sentence(
          request,
          400,
          "Name one host, as in %s?target=mail01; %s lists them."
              .formatted(Answers.at(request, path), Answers.at(request, "/sd")));
      return;
    }
    Optional<ObservedHost> host = watched.host(targets.get(0));
    if (host.isEmpty()) {
      Answers.sentence(
          request,
          403,
          "The target is not in the configuration, and no other host is asked; %s lists them."
              .formatted(Answers.at(request, "/sd")));
      return;
    }
    answers.whenObserved(request, host.get(), deadline(request), answer);
  }

  void targets(Context request) throws JsonProcessingException {
    List<Group> groups = watched.targets().stream().map(ProbeRoutes::group).toList();
    request.contentType("application/json").result(JSON.writeValueAsString(groups));
  }

  private static Group group(Watched.Target target) {
    Map<String, String> labels = new LinkedHashMap<>();
    target.labels().forEach((name, value) -> labels.put(LABEL + name, value));
    return new Group(List.of(target.host()), labels);
  }

  private static Format format(Context request) {
    return AcceptedFormat.of(Collections.list(request.req().getHeaders("Accept")));
  }

  private static Duration deadline(Context request) {
    return ScrapeDeadline.of(request.header(ScrapeDeadline.HEADER));
  }

  private static void send(Context request, Rendered rendered) {
    Answers.send(
        request, Answers.scrape(rendered, request.header("Accept-Encoding"), request::header));
  }
}
