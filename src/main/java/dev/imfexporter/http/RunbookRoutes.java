package dev.imfexporter.http;

import dev.imfexporter.page.PageView;
import dev.imfexporter.page.Runbook;
import dev.imfexporter.page.RunbookPage;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * The runbooks. {@code host} names a host, whose names are filled in. {@code instance}, for the
 * links of alerts, is the label of that name: a host, or else the exporter's own address, which
 * stands for the host on {@code /metrics} if there is one. {@code service} is what the alert names.
 */
final class RunbookRoutes {
  private static final String HOST = "host";
  private static final String INSTANCE = "instance";
  private static final String SERVICE = "service";

  /** How Prometheus reaches an exporter on its own machine. */
  private static final List<String> LOOPBACK = List.of("localhost:", "127.0.0.1:", "[::1]:");

  private final Watched watched;
  private final Answers answers;
  private final PageSetup setup;

  RunbookRoutes(Watched watched, Answers answers, PageSetup setup) {
    this.watched = watched;
    this.answers = answers;
    this.setup = setup;
  }

  void index(Context request) {
    answer(request, Runbook.index());
  }

  void runbook(Context request) {
    Runbook.of(request.pathParam("name"))
        .ifPresentOrElse(
            runbook -> answer(request, runbook),
            () ->
                Answers.sentence(
                    request,
                    404,
                    "There is no such runbook; %s lists them."
                        .formatted(Answers.at(request, "/runbooks"))));
  }

  private void answer(Context request, Runbook runbook) {
    setup.view(request, HOST, INSTANCE, SERVICE).ifPresent(view -> answer(request, runbook, view));
  }

  private void answer(Context request, Runbook runbook, PageView view) {
    Optional<String> name = parameter(request, HOST);
    Optional<String> instance = parameter(request, INSTANCE);
    Optional<ObservedHost> host =
        name.isPresent()
            ? name.flatMap(watched::host)
            : instance.flatMap(label -> ofInstance(label, request));
    if (name.isPresent() && host.isEmpty()) {
      Answers.noSuchHost(request, watched);
    } else if (host.isEmpty()) {
      page(request, runbook, Optional.empty(), view);
    } else {
      Optional<String> label = instance.or(() -> label(host.get()));
      Optional<String> service = parameter(request, SERVICE);
      answers.whenObserved(
          request,
          host.get(),
          HostRoutes.PAGE_DEADLINE,
          snapshot ->
              page(
                  request,
                  runbook,
                  about(snapshot, service, label),
                  view.at(setup.time().now().wall())));
    }
  }

  /**
   * The host that a label {@code instance} means: on {@code /probe} its name, on {@code /metrics}
   * the address of the exporter. Another exporter's address is none of this one's hosts.
   */
  private Optional<ObservedHost> ofInstance(String label, Context request) {
    boolean here = label.equals(request.host()) || LOOPBACK.stream().anyMatch(label::startsWith);
    return watched.host(label).or(() -> here ? watched.here() : Optional.empty());
  }

  /** The host on {@code /metrics} has the address by which Prometheus reaches the exporter. */
  private Optional<String> label(ObservedHost host) {
    return watched.here().filter(host::equals).isPresent()
        ? Optional.empty()
        : Optional.of(host.name());
  }

  private static Optional<RunbookPage.About> about(
      HostSnapshot host, Optional<String> service, Optional<String> instance) {
    return Optional.of(new RunbookPage.About(host, service, instance));
  }

  private void page(
      Context request, Runbook runbook, Optional<RunbookPage.About> about, PageView view) {
    Answers.page(request, RunbookPage.of(runbook, about, view, setup.version()));
  }

  private static Optional<String> parameter(Context request, String name) {
    return Optional.ofNullable(request.queryParam(name)).filter(value -> !value.isEmpty());
  }
}
