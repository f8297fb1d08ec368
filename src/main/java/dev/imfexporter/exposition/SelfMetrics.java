package dev.imfexporter.exposition;

import dev.imfexporter.reading.ReadingName;
import dev.imfexporter.reading.Result;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.GaugeMetricFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What this program tells of itself: its build, JVM and process, the requests it answered and the
 * readings it took. Thread-safe.
 */
public final class SelfMetrics implements AutoCloseable {

  /**
   * Micrometer marks its simpleclient registry as deprecated in favour of the one for client_java
   * 1.x; it is the one that gives the families of simpleclient, which the hosts' families are too.
   */
  @SuppressWarnings("deprecation")
  private final io.micrometer.prometheus.PrometheusMeterRegistry registry =
      new io.micrometer.prometheus.PrometheusMeterRegistry(
          io.micrometer.prometheus.PrometheusConfig.DEFAULT);

  private final JvmGcMetrics garbage = new JvmGcMetrics();

  private SelfMetrics() {}

  /**
   * Begins to measure.
   *
   * @param version of this program
   */
  @SuppressWarnings("deprecation") // as the field
  public static SelfMetrics start(String version) {
    SelfMetrics self = new SelfMetrics();
    // Or a meter with other label names than its first would be dropped without a word.
    self.registry.throwExceptionOnRegistrationFailure();
    MeterRegistry registry = self.registry();
    // Two names that break Prometheus's conventions (promtool check metrics).
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    // Asks the JVM about every thread once for each of six states: a tenth of the work of a scrape.
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("jvm.threads.states"));
    Gauge.builder("imf.exporter.build.info", () -> 1)
        .description("1, with the version of the exporter and of the Java that runs it.")
        .tag("version", version)
        .tag("java_version", Runtime.version().toString())
        .register(registry);
    self.garbage.bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return self;
  }

  /** Tells of the watched hosts: how many, and how many of their readings do not return. */
  public void hosts(IntSupplier hosts, IntSupplier stuck) {
    Gauge.builder("imf.exporter.hosts", hosts::getAsInt)
        .description("Hosts in the configuration.")
        .register(registry());
    Gauge.builder("imf.exporter.stuck.readings", stuck::getAsInt)
        .description("Readings that have taken longer than they may and have not returned.")
        .register(registry());
  }

  /** Tells whether what happened can be kept. */
  public void journal(BooleanSupplier writable) {
    Gauge.builder("imf.journal.writable", () -> writable.getAsBoolean() ? 1 : 0)
        .description("1 if the newest facts could be written to disk, 0 if the log says why not.")
        .register(registry());
  }

  /**
   * Tells how the newest attempt to load the configuration went, and when the last good one was.
   */
  public void configuration(BooleanSupplier loaded, Supplier<Instant> at) {
    Gauge.builder("imf.exporter.config.last.reload.successful", () -> loaded.getAsBoolean() ? 1 : 0)
        .description("1 if the newest attempt to load the configuration succeeded.")
        .register(registry());
    Gauge.builder(
            "imf.exporter.config.last.reload.success.timestamp.seconds",
            () -> at.get().toEpochMilli() / 1e3)
        .description("When the configuration was last loaded successfully, as Unix time.")
        .register(registry());
  }

  /**
   * Tells which accounts are kept from logging in.
   *
   * @param blocked by the name of the account's section
   */
  @SuppressWarnings("deprecation") // as the field
  public void auths(Supplier<Map<String, Boolean>> blocked) {
    Collector auths =
        new Collector() {
          @Override
          public List<MetricFamilySamples> collect() {
            GaugeMetricFamily family =
                new GaugeMetricFamily(
                    "imf_auth_blocked",
                    "1 while a host that refused the account, or all hosts, are not asked with it.",
                    List.of("auth"));
            blocked
                .get()
                .forEach(
                    (name, is) -> family.addMetric(List.of(name), Boolean.TRUE.equals(is) ? 1 : 0));
            return family.samples.isEmpty() ? List.of() : List.of(family);
          }
        };
    registry.getPrometheusRegistry().register(auths);
  }

  /** Counts an answered request. */
  public void request(String route, String method, int status, Duration took) {
    Timer.builder("imf.exporter.http.request")
        .description("Requests that were answered.")
        .tag("route", route)
        .tag("method", method)
        .tag("status", Integer.toString(status))
        .register(registry())
        .record(took);
  }

  /** Counts a reading that ended. */
  public void reading(ReadingName reading, Result<?> result, Duration took) {
    Timer.builder("imf.exporter.call")
        .description("Readings that ended, however long it took.")
        .tag("reading", reading.word())
        .tag("result", result.word())
        .register(registry())
        .record(took);
  }

  @SuppressWarnings("deprecation") // as the field
  Enumeration<MetricFamilySamples> families() {
    return registry.getPrometheusRegistry().metricFamilySamples();
  }

  @Override
  public void close() {
    garbage.close();
    registry().close();
  }

  private MeterRegistry registry() {
    return registry;
  }
}
