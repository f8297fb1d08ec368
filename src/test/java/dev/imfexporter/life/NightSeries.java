package dev.imfexporter.life;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.MarkerType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The plain reading of docs/metrics.md: the present is absent while the host cannot be read, what
 * happened is kept, and an exporter that goes down with its host takes all of it along. Every
 * service has run before, and every limit has its default.
 */
final class NightSeries implements SeriesOfLife {
  private static final int FIRST_BOOT = -600_000;

  @Override
  public Map<String, List<Optional<Double>>> scraped(Night night, List<Integer> seconds) {
    return new OfNight(night, seconds).series;
  }

  private static final class OfNight {
    final Map<String, List<Optional<Double>>> series = new LinkedHashMap<>();
    private final Night night;
    private final List<Integer> seconds;
    private final Standings standings;
    private final String target;

    OfNight(Night night, List<Integer> seconds) {
      this.night = night;
      this.seconds = seconds;
      this.standings = new Standings(night);
      this.target =
          "job=\"" + (night.probed() ? "relays" : "mail") + "\",instance=\"" + night.name() + "\"";
      exporter();
      night.services().forEach(this::service);
      updates();
      mail();
      host();
    }

    private void exporter() {
      add("up", "", at -> Optional.of(!night.probed() && !night.readable(at) ? 0.0 : 1.0));
      kept("imf_up", "", at -> Optional.of(night.readable(at) ? 1.0 : 0.0));
      kept("imf_journal_writable", "", at -> Optional.of(1.0));
      present("imf_event_log_readable", "log=\"System\"", at -> Optional.of(1.0));
      for (String reading : List.of("services", "smtp", "events", "banner", "host")) {
        keptState(
            "imf_collector_result",
            "reading=\"" + reading + "\",",
            "result",
            List.of("ok", "failed", "not_applicable"),
            at -> result(reading, at));
      }
      limit("halted_after", Standings.HALT);
      limit("halted_after_boot", Standings.HALT_AFTER_BOOT);
      limit("slow_after", 60);
      limit("slow_after_boot", 60);
    }

    private void limit(String limit, int seconds) {
      kept("imf_limit_seconds", "limit=\"" + limit + "\"", at -> Optional.of((double) seconds));
    }

    private String result(String reading, int at) {
      if (!night.readable(at)) {
        return "failed";
      }
      return reading.equals("smtp") && !running(at) ? "not_applicable" : "ok";
    }

    private void service(LifeService service) {
      String name = "name=\"" + service.shortName() + "\"";
      presentState(
          "imf_service_state",
          name + ",",
          "state",
          Stream.concat(
                  Arrays.stream(ServiceState.values()).map(ServiceState::word),
                  Stream.of("missing"))
              .toList(),
          at -> night.state(service, at).word());
      presentState(
          "imf_service_start_mode",
          name + ",",
          "mode",
          Arrays.stream(StartMode.values()).map(StartMode::word).toList(),
          at -> night.mode(service, at).word());
      presentState(
          "imf_service_standing",
          name + ",",
          "standing",
          List.of("running", "down", "left_down_by_update", "resting", "disabled", "missing"),
          at -> standings.standing(service, at));
      present(
          "imf_service_down_since_timestamp_seconds",
          name,
          at -> standings.downSince(service, at).map(Integer::doubleValue));
      present("imf_service_halted", name, at -> flag(standings.halted(service, at)));
      present(
          "imf_service_start_mode_downgraded_timestamp_seconds",
          name,
          at ->
              night
                  .modeSince(service, at)
                  .filter(since -> night.mode(service, at) != StartMode.AUTO)
                  .map(Integer::doubleValue));
      kept(
          "imf_service_last_start_timestamp_seconds",
          name,
          at -> night.last(service, ServiceState.RUNNING, at).map(Integer::doubleValue));
      kept(
          "imf_service_last_restart_duration_seconds",
          name + ",phase=\"total\"",
          at -> lastRestart(service, at));
      kept("imf_service_recent_outages", name, at -> Optional.of(recentOutages(service, at)));
    }

    private Optional<Double> lastRestart(LifeService service, int at) {
      return night
          .last(service, ServiceState.RUNNING, at)
          .map(end -> (double) (end - night.outSince(service, end - 1).orElseThrow()));
    }

    private double recentOutages(LifeService service, int at) {
      return night.states(service).subMap(at - 900, false, at, true).entrySet().stream()
          .filter(e -> e.getValue() != ServiceState.RUNNING)
          .filter(e -> night.state(service, e.getKey() - 1) == ServiceState.RUNNING)
          .count();
    }

    private void updates() {
      for (UpdateKind kind : UpdateKind.values()) {
        for (MarkerType marker : MarkerType.values()) {
          kept(
              "imf_update_marker_timestamp_seconds",
              "kind=\"" + kind.word() + "\",marker=\"" + marker.word() + "\"",
              at ->
                  night.markers().stream()
                      .filter(s -> s.at() <= at && s.kind() == kind && s.marker() == marker)
                      .map(s -> (double) s.at())
                      .max(Double::compare));
        }
      }
    }

    private void mail() {
      presentState(
          "imf_mail_flow_state",
          "",
          "state",
          List.of("flowing", "idle", "stalled", "interrupted", "halted", "unknown"),
          this::flow);
      present(
          "imf_mail_flow_halted_since_timestamp_seconds",
          "",
          at -> haltedSince(at).map(Integer::doubleValue));
      present(
          "imf_mail_flow_halted_after_update",
          "",
          at ->
              haltedSince(at)
                  .map(
                      since ->
                          standings
                                  .markers(at)
                                  .anyMatch(
                                      marker ->
                                          since >= marker - Standings.BEFORE_MARKER
                                              && since <= marker + Standings.AFTER_MARKER)
                              ? 1.0
                              : 0.0));
      present("imf_smtp_banner_success", "", at -> flag(running(at)));
      for (String queue : List.of("local", "remote", "remote_retry", "categorizer")) {
        present(
            "imf_smtp_queue_length",
            "virtual_server=\"SMTP 1\",queue=\"" + queue + "\"",
            at ->
                running(at) ? Optional.of(queue.equals("remote") ? 40.0 : 0.0) : Optional.empty());
      }
    }

    private String flow(int at) {
      if (running(at)) {
        return "flowing";
      }
      if (standings.downSince(LifeService.SMTPSVC, at).isEmpty()) {
        return "unknown";
      }
      return standings.halted(LifeService.SMTPSVC, at) ? "halted" : "interrupted";
    }

    private Optional<Integer> haltedSince(int at) {
      return standings
          .downSince(LifeService.SMTPSVC, at)
          .filter(since -> standings.halted(LifeService.SMTPSVC, at));
    }

    private void host() {
      present("imf_host_boot_timestamp_seconds", "", at -> Optional.of((double) booted(at)));
      present("imf_host_clock_offset_seconds", "", at -> Optional.of(0.0));
      present("imf_host_reboot_pending", "", at -> flag(pending(at).isPresent()));
      present(
          "imf_host_reboot_pending_since_timestamp_seconds",
          "",
          at -> pending(at).map(Integer::doubleValue));
    }

    private Optional<Integer> pending(int at) {
      return night
          .boot()
          .filter(b -> b.pendingSince() <= at && at < b.up())
          .map(Night.Boot::pendingSince);
    }

    private int booted(int at) {
      return night.boot().filter(b -> b.up() <= at).map(Night.Boot::up).orElse(FIRST_BOOT);
    }

    private boolean running(int at) {
      return night.state(LifeService.SMTPSVC, at) == ServiceState.RUNNING;
    }

    /** Absent while the host cannot be read. */
    private void present(String metric, String labels, IntFunction<Optional<Double>> value) {
      add(metric, labels, at -> night.readable(at) ? value.apply(at) : Optional.empty());
    }

    /** Absent only while there is no exporter. */
    private void kept(String metric, String labels, IntFunction<Optional<Double>> value) {
      add(metric, labels, at -> exporterRuns(at) ? value.apply(at) : Optional.empty());
    }

    private void presentState(
        String metric, String labels, String label, List<String> words, IntFunction<String> word) {
      state(metric, labels, label, words, at -> night.readable(at) ? word.apply(at) : "");
    }

    private void keptState(
        String metric, String labels, String label, List<String> words, IntFunction<String> word) {
      state(metric, labels, label, words, at -> exporterRuns(at) ? word.apply(at) : "");
    }

    private boolean exporterRuns(int at) {
      return night.probed() || night.readable(at);
    }

    /** One series for each word: 1 for the one that holds, absent if it is empty. */
    private void state(
        String metric, String labels, String label, List<String> words, IntFunction<String> word) {
      List<String> holding = seconds.stream().map(word::apply).toList();
      for (String each : words) {
        series.put(
            name(metric, labels + label + "=\"" + each + "\""),
            holding.stream()
                .map(held -> held.isEmpty() ? Optional.<Double>empty() : flag(held.equals(each)))
                .toList());
      }
    }

    private void add(String metric, String labels, IntFunction<Optional<Double>> value) {
      series.put(name(metric, labels), seconds.stream().map(value::apply).toList());
    }

    private String name(String metric, String labels) {
      return metric + "{" + target + (labels.isEmpty() ? "" : "," + labels) + "}";
    }

    private static Optional<Double> flag(boolean holds) {
      return Optional.of(holds ? 1.0 : 0.0);
    }
  }
}
