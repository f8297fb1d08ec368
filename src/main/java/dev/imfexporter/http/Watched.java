package dev.imfexporter.http;

import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The hosts in the present configuration; a reload may change it between two calls. Thread-safe.
 */
public interface Watched {

  /** Every host, in the order of the configuration. */
  List<ObservedHost> hosts();

  /** What is known of every host; asks none of them. */
  default List<HostSnapshot> lastSnapshots() {
    return hosts().stream().map(ObservedHost::lastSnapshot).toList();
  }

  /** The host of that name, in upper or lower case. */
  Optional<ObservedHost> host(String name);

  /**
   * Reads the host of that name now, with the events of its last 24 hours; empty if there is none.
   * Requests for one host share what is under way. It fails with {@link Unavailable} when that
   * takes too long, or when too many others are under way.
   */
  Optional<CompletableFuture<FreshReading>> readNow(String name);

  /** The host whose metrics are on {@code /metrics}, if any. */
  Optional<ObservedHost> here();

  /** The hosts that Prometheus should probe. */
  List<Target> targets();

  /**
   * A sentence for each reason why the history of hosts is not written; none while it is, or where
   * it is not kept.
   */
  default List<String> unwritten() {
    return List.of();
  }

  /** The configuration as YAML, without secrets. */
  String configuration();

  /** What the configuration says of one host, as YAML, without its account; "" without the host. */
  String configuration(String host);

  /**
   * Reads the configuration again and applies all of it or nothing; blocks.
   *
   * @return its errors, a line each; empty if it was applied
   */
  List<String> reload();

  /**
   * A target of Prometheus' HTTP service discovery.
   *
   * @param labels without the prefix {@code __meta_imf_}
   */
  record Target(String host, Map<String, String> labels) {}
}
