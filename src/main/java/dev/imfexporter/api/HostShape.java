package dev.imfexporter.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Services;
import dev.imfexporter.diagnosis.Summary;
import dev.imfexporter.overview.HostOverview;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.trouble.Troubles;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.TypicalRestart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A host: as a line among all hosts, and with all that is known of its services and updates. */
final class HostShape {
  private HostShape() {}

  static void line(ObjectNode row, HostOverview host, Instant now) {
    List<Troubles.Cause> likely = host.causes();
    Summary summary = Summary.of(host.host(), likely, TimeView.utc(now));
    row.put("host", host.name()).put("access", host.host().access().word());
    row.put("state", host.state().word());
    row.put("situation", summary.situation().name().toLowerCase(Locale.ROOT));
    row.put("headline", summary.headline()).put("since", Json.time(summary.since()));
    row.put("after_update", HostOverview.failedAfter(summary).map(Episode::title).orElse(null));
    row.put("runbook", summary.runbook().orElse(null));
    row.put("mail_flow", host.host().history().mailFlow().state().word());
    host.lastEpisode()
        .ifPresent(
            last ->
                HistoryShape.episode(
                    row.putObject("last_episode"), host.name(), last, host.changes(last)));
    host.forecast(now)
        .ifPresent(
            forecast ->
                row.putObject("next_restart")
                    .put("at", forecast.at().toInstant().toString())
                    .put("updates", forecast.updates()));
    ArrayNode causes = row.putArray("likely_causes");
    likely.forEach(cause -> cause(causes.addObject(), cause));
  }

  private static void cause(ObjectNode row, Troubles.Cause cause) {
    row.put("trouble", cause.trouble().word()).put("title", cause.trouble().title());
    cause.evidence().forEach(row.putArray("evidence")::add);
    cause.steps().forEach(row.putArray("steps")::add);
  }

  static void all(ObjectNode row, HostOverview host, Instant now) {
    line(row, host, now);
    HostSnapshot snapshot = host.host();
    ArrayNode services = row.putArray("services");
    snapshot.history().services().forEach(s -> service(services.addObject(), snapshot, s));
    ArrayNode outages = row.putArray("outages");
    for (Outage outage : snapshot.history().outages()) {
      HistoryShape.outage(outages.addObject(), host.name(), outage, typical(snapshot, outage));
    }
    ArrayNode volumes = row.putArray("volumes");
    snapshot.volumes().forEach(room -> MailShape.volume(volumes.addObject(), room, now));
    ArrayNode dialogues = row.putArray("smtp_dialogues");
    snapshot.dialogues().forEach(each -> MailShape.dialogue(dialogues.addObject(), each, now));
    ArrayNode waits = row.putArray("component_waits");
    List<ComponentWait> newestWaitsFirst = new ArrayList<>(snapshot.history().waits().all());
    Collections.reverse(newestWaitsFirst);
    newestWaitsFirst.forEach(wait -> WaitShape.componentWait(waits.addObject(), wait));
    ArrayNode episodes = row.putArray("episodes");
    List<Episode> newestFirst = new ArrayList<>(host.episodes());
    Collections.reverse(newestFirst);
    newestFirst.forEach(
        e -> HistoryShape.episode(episodes.addObject(), host.name(), e, host.changes(e)));
  }

  /** Known of the last restart of a service and of the outage that lasts. */
  private static Optional<TypicalRestart> typical(HostSnapshot host, Outage outage) {
    return host.history().services().stream()
        .filter(service -> service.name().equals(outage.service()))
        .filter(
            service ->
                outage.ended().isEmpty()
                    || service
                        .lastRestart()
                        .filter(last -> last.id().equals(outage.id()))
                        .isPresent())
        .flatMap(service -> service.typicalBefore(outage).stream())
        .findFirst();
  }

  private static void service(ObjectNode row, HostSnapshot host, ServiceHistory service) {
    row.put("service", service.name()).put("standing", service.standing().word());
    row.put(
        "state",
        service.status().map(ServiceStatus::state).map(state -> state.word()).orElse(null));
    row.put(
        "start_mode", config(host, service).map(config -> config.startMode().word()).orElse(null));
    row.put("down_since", Json.time(service.condition().downSince()));
    row.put("halted", service.condition().halted());
    ArrayNode concerns = row.putArray("concerns");
    service.concerns().stream().map(Concern::word).forEach(concerns::add);
  }

  private static Optional<ServiceConfig> config(HostSnapshot host, ServiceHistory service) {
    return host.collected().value(CollectorKey.SERVICES).stream()
        .flatMap(read -> read.services().stream())
        .filter(read -> read.name().equals(service.name()))
        .map(Services.Service::config)
        .flatMap(Optional::stream)
        .findFirst();
  }
}
