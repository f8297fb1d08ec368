package dev.imfexporter.http;

import dev.imfexporter.watch.ObservedHost;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is served, as it is configured now; a reload may change it between two calls. Thread-safe.
 */
public interface Watched {

  /** Every host, in the order of the configuration. */
  List<ObservedHost> hosts();

  /** The one of exactly that name. */
  Optional<ObservedHost> host(String name);

  /** The one whose metrics are those of {@code /metrics}, if any. */
  Optional<ObservedHost> here();

  /** Those that Prometheus should probe. */
  List<Target> targets();

  /** The configuration as YAML, without secrets. */
  String configuration();

  /**
   * Reads the configuration again and takes it over, in full or not at all; blocks.
   *
   * @return what is wrong with it, each a line; nothing if it was taken over
   */
  List<String> reload();

  /**
   * A target of Prometheus' HTTP service discovery.
   *
   * @param labels without the prefix {@code __meta_imf_}
   */
  record Target(String host, Map<String, String> labels) {}
}
