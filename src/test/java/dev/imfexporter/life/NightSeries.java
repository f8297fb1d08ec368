package dev.imfexporter.life;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MarkerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What Prometheus scrapes in a night, once a minute, as docs/metrics.md says: the present is absent
 * while the host cannot be read, what happened is kept, and an exporter that goes down with its
 * host takes all of it along.
 */
final class NightSeries {
  private static final List<LifeService> SERVICES =
      List.of(LifeService.IISADMIN, LifeService.SMTPSVC);
  private static final int FIRST_BOOT = -600_000;
  private static final int MARKER_COUNTS = 1800;
  private static final int HALT = 300;
  private static final int HALT_AFTER_BOOT = 600;
  private static final int VERIFYING = 90;

  private final Night night;
  private final String target;
  private final Map<String, IntFunction<Optional<Double>>> series = new LinkedHashMap<>();

  private NightSeries(Night night) {
    this.night = night;
    this.target =
        "job=\"" + (night.probed() ? "relays" : "mail") + "\",instance=\"" + night.name() + "\"";
    exporter();
    services();
    updates();
    mail();
    host();
  }

  /** Series with their values in promtool's notation. */
  static Map<String, String> of(Night night) {
    Map<String, String> values = new LinkedHashMap<>();
    new NightSeries(night)
        .series.forEach((name, value) -> values.put(name, notation(night.minutes(), value)));
    return values;
  }

  private void exporter() {
    add("up", "", at -> Optional.of(!night.probed() && !night.readable(at) ? 0.0 : 1.0));
    kept("imf_up", "", at -> Optional.of(night.readable(at) ? 1.0 : 0.0));
    kept("imf_journal_writable", "", at -> Optional.of(1.0));
    kept("imf_event_log_gaps_total", "log=\"System\"", at -> Optional.of(0.0));
    for (String reading : List.of("services", "smtp", "events", "banner", "host")) {
      for (String result : List.of("ok", "failed", "not_applicable")) {
        kept(
            "imf_reading_result",
            "reading=\"" + reading + "\",result=\"" + result + "\"",
            at -> flag(result.equals(result(reading, at))));
      }
    }
  }

  private String result(String reading, int at) {
    if (!night.readable(at)) {
      return "failed";
    }
    return reading.equals("smtp") && !running(at) ? "not_applicable" : "ok";
  }

  private void services() {
    for (LifeService service : SERVICES) {
      String name = "name=\"" + service.shortName() + "\"";
      for (ServiceState state : ServiceState.values()) {
        present(
            "imf_service_state",
            name + ",state=\"" + state.word() + "\"",
            at -> flag(night.state(service, at) == state));
      }
      present("imf_service_state", name + ",state=\"missing\"", at -> flag(false));
      for (StartMode mode : StartMode.values()) {
        present(
            "imf_service_start_mode",
            name + ",mode=\"" + mode.word() + "\"",
            at -> flag(mode == StartMode.AUTO));
      }
      present(
          "imf_service_left_stopped",
          name,
          at -> flag(night.state(service, at) == ServiceState.STOPPED));
      present(
          "imf_service_outage_start_timestamp_seconds",
          name,
          at -> night.outSince(service, at).map(Integer::doubleValue));
      kept(
          "imf_service_last_stop_timestamp_seconds",
          name,
          at -> night.last(service, ServiceState.STOPPED, at).map(Integer::doubleValue));
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
            "kind=\""
                + kind.word()
                + "\",marker=\""
                + marker.name().toLowerCase(Locale.ROOT)
                + "\"",
            at ->
                night.signs().stream()
                    .filter(s -> s.at() <= at && s.kind() == kind && s.marker() == marker)
                    .map(s -> (double) s.at())
                    .max(Double::compare));
      }
    }
    for (String state : List.of("idle", "open", "verifying", "halted")) {
      kept(
          "imf_update_episode_state",
          "state=\"" + state + "\"",
          at -> flag(episode(at).map(Episode.State::word).orElse("idle").equals(state)));
    }
  }

  private Optional<Episode.State> episode(int at) {
    boolean open =
        night.signs().stream().anyMatch(s -> s.at() <= at && at < s.at() + MARKER_COUNTS);
    Optional<Integer> out = night.outSince(LifeService.SMTPSVC, at);
    boolean began = night.signs().stream().anyMatch(s -> s.at() <= at);
    if (!began || (!open && out.isEmpty())) {
      return Optional.empty();
    }
    if (out.isPresent()) {
      return Optional.of(
          at - countedFrom(out.get(), at) >= limit(at) ? Episode.State.HALTED : Episode.State.OPEN);
    }
    boolean verifying =
        night
            .last(LifeService.SMTPSVC, ServiceState.RUNNING, at)
            .filter(running -> at - running < VERIFYING)
            .isPresent();
    return Optional.of(verifying ? Episode.State.VERIFYING : Episode.State.OPEN);
  }

  private int countedFrom(int out, int at) {
    return Math.max(out, booted(at));
  }

  private int limit(int at) {
    return booted(at) > 0 ? HALT_AFTER_BOOT : HALT;
  }

  private void mail() {
    for (MailFlow.State state : MailFlow.State.values()) {
      MailFlow.State other = MailFlow.State.HALTED;
      present(
          "imf_mail_flow_state",
          "state=\"" + state.word() + "\"",
          at -> flag(state == (running(at) ? MailFlow.State.FLOWING : other)));
    }
    present("imf_smtp_banner_success", "", at -> flag(running(at)));
    for (String queue : List.of("local", "remote", "remote_retry", "categorizer")) {
      present(
          "imf_smtp_queue_length",
          "virtual_server=\"SMTP 1\",queue=\"" + queue + "\"",
          at -> running(at) ? Optional.of(queue.equals("remote") ? 40.0 : 0.0) : Optional.empty());
    }
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
    add(
        metric,
        labels,
        at -> night.probed() || night.readable(at) ? value.apply(at) : Optional.empty());
  }

  private void add(String metric, String labels, IntFunction<Optional<Double>> value) {
    series.put(metric + "{" + target + (labels.isEmpty() ? "" : "," + labels) + "}", value);
  }

  private static Optional<Double> flag(boolean holds) {
    return Optional.of(holds ? 1.0 : 0.0);
  }

  /** {@code 1x4} is 1 and four more, {@code _x4} is four that are missing. */
  private static String notation(int minutes, IntFunction<Optional<Double>> value) {
    String[] samples = new String[minutes + 1];
    for (int minute = 0; minute < samples.length; minute++) {
      samples[minute] = value.apply(60 * minute).map(NightSeries::number).orElse("_");
    }
    List<String> notation = new ArrayList<>();
    for (int from = 0; from < samples.length; ) {
      int until = from;
      while (until < samples.length && samples[until].equals(samples[from])) {
        until++;
      }
      boolean absent = samples[from].equals("_");
      int first = absent && from > 0 ? from + 1 : from;
      if (first > from) {
        notation.add("stale");
      }
      if (until > first) {
        notation.add(samples[from] + "x" + (absent ? until - first : until - first - 1));
      }
      from = until;
    }
    return String.join(" ", notation);
  }

  private static String number(double value) {
    return Long.toString(Math.round(value));
  }
}
