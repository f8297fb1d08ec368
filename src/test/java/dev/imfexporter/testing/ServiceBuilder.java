package dev.imfexporter.testing;

import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Services;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds a service: as it is read, and its history. Without any call it starts automatically, the
 * host notifies it, and nothing happened to it.
 */
public final class ServiceBuilder {
  private final String name;
  private final Optional<ServiceState> state;
  private String display;
  private StartMode mode = StartMode.AUTO;
  private List<String> requires = List.of();
  private Optional<RecoveryActions> recovery = Optional.of(RecoveryActions.NONE);
  private long exitCode;
  private long specificExitCode;
  private Source source = Source.NOTIFICATION;
  private Optional<Instant> outageStart = Optional.empty();
  private Standing notRunning = Standing.RESTING;
  private Optional<Instant> lastStop = Optional.empty();
  private Optional<Instant> lastStart = Optional.empty();
  private Optional<Outage> lastRestart = Optional.empty();
  private ServiceHistory.Typical typical = ServiceHistory.Typical.UNKNOWN;
  private boolean halted;
  private long restarts;
  private Duration restartTime = Duration.ZERO;
  private Optional<Instant> lastCrash = Optional.empty();
  private long recentOutages;
  private Optional<Instant> downgraded = Optional.empty();
  private Set<Concern> concerns = Set.of();
  private long conflicts;

  private ServiceBuilder(String name, Optional<ServiceState> state) {
    this.name = name;
    this.state = state;
    display = name;
  }

  public static ServiceBuilder service(String name, ServiceState state) {
    return new ServiceBuilder(name, Optional.of(state));
  }

  public static ServiceBuilder running(String name) {
    return service(name, ServiceState.RUNNING);
  }

  /** A service that is watched and not installed; no poll can be about it but one. */
  public static ServiceBuilder missing(String name) {
    return new ServiceBuilder(name, Optional.empty()).polled();
  }

  public ServiceBuilder display(String text) {
    display = text;
    return this;
  }

  public ServiceBuilder mode(StartMode is) {
    mode = is;
    return this;
  }

  public ServiceBuilder requires(String... services) {
    requires = List.of(services);
    return this;
  }

  /** What follows a failure; nothing by default, and not known when empty. */
  public ServiceBuilder recovery(Optional<RecoveryActions> actions) {
    recovery = actions;
    return this;
  }

  public ServiceBuilder exit(long code) {
    return exit(code, 0);
  }

  public ServiceBuilder exit(long code, long specific) {
    exitCode = code;
    specificExitCode = specific;
    return this;
  }

  public ServiceBuilder polled() {
    source = Source.POLL;
    return this;
  }

  /** It left RUNNING then and has not been RUNNING since. */
  public ServiceBuilder downSince(Instant began) {
    outageStart = Optional.of(began);
    return down();
  }

  /** It should run, and nothing saw when it left RUNNING. */
  public ServiceBuilder down() {
    return standing(Standing.DOWN);
  }

  /** Its standing if it is installed and does not run; resting otherwise. */
  public ServiceBuilder standing(Standing is) {
    notRunning = is;
    return this;
  }

  /** It has been down for longer than the limit. */
  public ServiceBuilder halted() {
    halted = true;
    return this;
  }

  public ServiceBuilder stopped(Instant at) {
    lastStop = Optional.of(at);
    return this;
  }

  public ServiceBuilder started(Instant at) {
    lastStart = Optional.of(at);
    return this;
  }

  /**
   * @param time of all restarts together
   */
  public ServiceBuilder restarted(Outage newest, long count, Duration time) {
    lastRestart = Optional.of(newest);
    restarts = count;
    restartTime = time;
    return this;
  }

  /**
   * @param restarts all that are known, the earliest first
   */
  public ServiceBuilder typical(List<Outage> restarts) {
    typical = ServiceHistory.Typical.of(restarts);
    return this;
  }

  public ServiceBuilder crashed(Instant at) {
    lastCrash = Optional.of(at);
    return this;
  }

  public ServiceBuilder recentOutages(long count) {
    recentOutages = count;
    return this;
  }

  public ServiceBuilder downgraded(Instant at) {
    downgraded = Optional.of(at);
    return this;
  }

  public ServiceBuilder concerns(Concern... all) {
    concerns = Set.of(all);
    return this;
  }

  public ServiceBuilder conflicts(long count) {
    conflicts = count;
    return this;
  }

  Services.Service read() {
    return new Services.Service(
        name,
        status(),
        state.map(
            is ->
                new ServiceConfig(
                    display, mode, requires, new ServiceConfig.Details(List.of(), "", recovery))));
  }

  ServiceHistory history() {
    return new ServiceHistory(
        name,
        status(),
        source,
        condition(),
        outageStart,
        lastStop,
        lastStart,
        lastRestart,
        typical,
        new ServiceHistory.Totals(restarts, restartTime, conflicts),
        lastCrash,
        recentOutages,
        downgraded);
  }

  private ServiceHistory.Condition condition() {
    Standing standing =
        state
            .map(is -> is == ServiceState.RUNNING ? Standing.RUNNING : notRunning)
            .orElse(Standing.MISSING);
    return standing.isDown()
        ? new ServiceHistory.Condition(standing, outageStart, halted, concerns)
        : ServiceHistory.Condition.of(standing).with(concerns);
  }

  private Optional<ServiceStatus> status() {
    return state.map(
        is ->
            new ServiceStatus(
                is, exitCode, specificExitCode, is == ServiceState.STOPPED ? 0 : 1372));
  }
}
