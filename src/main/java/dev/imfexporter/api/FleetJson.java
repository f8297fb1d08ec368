package dev.imfexporter.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imfexporter.overview.EpisodePage;
import dev.imfexporter.overview.FleetOverview;
import dev.imfexporter.overview.HostOutcome;
import dev.imfexporter.overview.HostOverview;
import dev.imfexporter.overview.HostQuery;
import dev.imfexporter.overview.HostState;
import dev.imfexporter.overview.Rollout;
import dev.imfexporter.overview.Rollouts;
import java.time.Instant;

/** The answers of {@code /api/v1}; what is not known is absent. Each ends with a line break. */
public final class FleetJson {
  private FleetJson() {}

  /** A page of hosts, the worst first. */
  public static String hosts(FleetOverview fleet, HostQuery query, Instant now) {
    FleetOverview.Slice slice = fleet.select(query);
    ObjectNode answer = answer(now);
    ObjectNode counts = answer.putObject("counts");
    for (HostState state : HostState.values()) {
      counts.put(state.word(), fleet.count(state));
    }
    pages(answer, slice.found(), query.page(), slice.pages());
    ArrayNode hosts = answer.putArray("hosts");
    slice.hosts().forEach(host -> HostShape.line(hosts.addObject(), host, now));
    return Json.textOfKnown(answer);
  }

  /** All that is known of a host. */
  public static String host(HostOverview host, Instant now) {
    ObjectNode answer = answer(now);
    HostShape.all(answer, host, now);
    return Json.textOfKnown(answer);
  }

  /** A page of episodes of all hosts, the newest first. */
  public static String episodes(EpisodePage page, Instant now) {
    ObjectNode answer = answer(now);
    pages(answer, page.found(), page.page(), page.pages());
    ArrayNode episodes = answer.putArray("episodes");
    page.episodes()
        .forEach(
            of ->
                HistoryShape.episode(episodes.addObject(), of.host(), of.episode(), of.changes()));
    return Json.textOfKnown(answer);
  }

  /** What the last updates did to all hosts. */
  public static String updates(Rollouts rollouts) {
    ObjectNode answer = answer(rollouts.now());
    ArrayNode updates = answer.putArray("updates");
    rollouts.all().forEach(of -> update(updates.addObject(), of, rollouts.now()));
    return Json.textOfKnown(answer);
  }

  /** Why a request is not answered. */
  public static String error(String sentence) {
    return Json.text(Json.object().put("error", sentence));
  }

  private static ObjectNode answer(Instant now) {
    return Json.object().put("at", now.toString());
  }

  private static void pages(ObjectNode answer, int found, int page, int pages) {
    answer.put("found", found).put("page", page).put("pages", pages);
  }

  private static void update(ObjectNode row, Rollout rollout, Instant now) {
    row.put("update_id", rollout.name().id()).put("update", rollout.name().kind().word());
    row.put("title", rollout.title().isEmpty() ? null : rollout.title());
    ArrayNode articles = row.putArray("also_named");
    rollout.alsoNamed().forEach(articles::add);
    row.put("stop", rollout.shouldStop(now)).put("halted_last_day", rollout.haltedLately(now));
    row.put("first", rollout.first().toString()).put("last", rollout.last().toString());
    group(row, rollout.all());
    ArrayNode modules = row.putArray("modules");
    for (Rollout.Group group : rollout.components()) {
      group(modules.addObject().put("module", group.name()), group);
    }
    group(row.putObject("without_modules"), rollout.withoutComponents());
    group(row.putObject("modules_not_known"), rollout.unknownComponents());
  }

  private static void group(ObjectNode row, Rollout.Group group) {
    row.put("hosts", group.hosts()).put("halted", group.halted());
    ObjectNode outcomes = row.putObject("outcomes");
    for (HostOutcome outcome : HostOutcome.values()) {
      outcomes.put(outcome.word(), group.count(outcome));
    }
  }
}
