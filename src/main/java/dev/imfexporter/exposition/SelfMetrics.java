package dev.imfexporter.exposition;

import dev.imfexporter.collector.Timed;
import dev.imfexporter.metric.ExporterMetrics;
import dev.imfexporter.metric.MetricSpec;
import dev.imfexporter.overview.Rollouts;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.StandardExports;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The metrics of this program: its build, JVM and process, the requests that it answered and the
 * runs of its collectors. Thread-safe.
 */
public final class SelfMetrics implements AutoCloseable {
  private final CollectorRegistry collectors = new CollectorRegistry();
  private final MeterRegistry meters = meters(collectors);
  private final JvmGcMetrics garbage = new JvmGcMetrics();

  private SelfMetrics() {}

  /**
   * Begins to measure.
   *
   * @param build of this program
   */
  public static SelfMetrics start(Build build) {
    SelfMetrics self = new SelfMetrics();
    MeterRegistry registry = self.meters;
    // Two names that break Prometheus's conventions (promtool check metrics).
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    // Under the names of Prometheus' client libraries, which stock dashboards show.
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.start.time"));
    new StandardExports().register(self.collectors);
    // Asks the JVM about every thread once for each of six states: a tenth of the work of a scrape.
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("jvm.threads.states"));
    self.expose(
        ExporterMetrics.BUILD_INFO,
        family ->
            family.add(
                1, build.version(), build.revision(), build.date(), Runtime.version().toString()));
    self.garbage.bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return self;
  }

  /**
   * @param hosts how many are configured
   * @param stuck how many of their collectors have exceeded their time limit and not returned
   */
  public void hosts(IntSupplier hosts, IntSupplier stuck) {
    expose(ExporterMetrics.HOSTS, family -> family.add(hosts.getAsInt()));
    expose(ExporterMetrics.STUCK_READINGS, family -> family.add(stuck.getAsInt()));
  }

  /**
   * @param writable whether the last facts could be written to disk
   */
  public void journal(BooleanSupplier writable) {
    expose(ExporterMetrics.JOURNAL_WRITABLE, family -> family.add(writable.getAsBoolean()));
  }

  /**
   * @param loaded whether the last attempt to load the configuration succeeded
   * @param at when the last attempt that succeeded was
   */
  public void configuration(BooleanSupplier loaded, Supplier<Instant> at) {
    expose(ExporterMetrics.RELOAD_SUCCESSFUL, family -> family.add(loaded.getAsBoolean()));
    expose(ExporterMetrics.RELOAD_TIMESTAMP, family -> family.add(at.get()));
  }

  /**
   * @param good whether the web configuration and its certificates are in use as they are now
   * @param notAfter when the server's certificate ends, if it has one
   */
  public void webSecurity(BooleanSupplier good, Supplier<Optional<Instant>> notAfter) {
    expose(ExporterMetrics.WEB_CONFIG_SUCCESSFUL, family -> family.add(good.getAsBoolean()));
    expose(
        ExporterMetrics.WEB_CERTIFICATE_NOT_AFTER, family -> notAfter.get().ifPresent(family::add));
  }

  /**
   * @param blocked whether the exporter does not log in with an account, by the name of its section
   */
  public void auths(Supplier<Map<String, Boolean>> blocked) {
    expose(
        ExporterMetrics.AUTH_BLOCKED,
        family -> blocked.get().forEach((name, is) -> family.add(is, name)));
  }

  /**
   * @param rollouts what updates did to all hosts, found out for each scrape
   */
  public void rollouts(Supplier<Rollouts> rollouts) {
    collectors.register(new RolloutFamilies(rollouts));
  }

  /** Counts an answered request. */
  public void request(String route, String method, int status, Duration took) {
    time(ExporterMetrics.REQUEST_DURATION, took, route, method, Integer.toString(status));
  }

  /** Counts a run of a collector that ended. */
  public void reading(Timed<?> run) {
    time(ExporterMetrics.CALL_DURATION, run.took(), run.key().word(), run.result().word());
  }

  Enumeration<MetricFamilySamples> families() {
    return collectors.metricFamilySamples();
  }

  @Override
  public void close() {
    garbage.close();
    meters.close();
  }

  /** Has the samples of a metric made anew for each scrape. */
  private void expose(MetricSpec spec, Consumer<Family> samples) {
    Collector collector =
        new Collector() {
          @Override
          public List<MetricFamilySamples> collect() {
            Family family = new Family(spec);
            samples.accept(family);
            return family.build().stream().toList();
          }
        };
    collectors.register(collector);
  }

  private void time(MetricSpec spec, Duration took, String... values) {
    Timer.Builder timer = Timer.builder(spec.name()).description(spec.helpAndOrigin());
    for (int i = 0; i < values.length; i++) {
      timer.tag(spec.labels().get(i).name(), values[i]);
    }
    timer.register(meters).record(took);
  }

  /**
   * Micrometer marks its simpleclient registry as deprecated in favour of the one for client_java
   * 1.x; it is the one that gives the families of simpleclient, which the hosts' families are too.
   */
  @SuppressWarnings("deprecation")
  private static MeterRegistry meters(CollectorRegistry collectors) {
    io.micrometer.prometheus.PrometheusMeterRegistry meters =
        new io.micrometer.prometheus.PrometheusMeterRegistry(
            io.micrometer.prometheus.PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM);
    // The default drops a meter whose label names differ from those of the first of its name.
    meters.throwExceptionOnRegistrationFailure();
    return meters;
  }
}
