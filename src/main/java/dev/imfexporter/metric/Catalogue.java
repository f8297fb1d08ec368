package dev.imfexporter.metric;

import java.util.List;
import java.util.stream.Stream;

/** Every metric that this program declares; those of its JVM and process come from Micrometer. */
public final class Catalogue {
  private static final List<MetricGroup> OF_HOSTS =
      List.of(
          HostMetrics.GROUP,
          ServiceMetrics.GROUP,
          UpdateMetrics.GROUP,
          EventMetrics.GROUP,
          MailMetrics.GROUP,
          VolumeMetrics.GROUP,
          DialogueMetrics.GROUP,
          SmtpMetrics.GROUP,
          TroubleMetrics.GROUP);

  private Catalogue() {}

  /** The metrics of a host first, those of the program last. */
  public static List<MetricGroup> groups() {
    return Stream.concat(OF_HOSTS.stream(), Stream.of(ExporterMetrics.GROUP)).toList();
  }

  /** Every metric about a host, in the order of the exposition. */
  public static List<MetricSpec> ofHosts() {
    return OF_HOSTS.stream().flatMap(group -> group.specs().stream()).toList();
  }
}
