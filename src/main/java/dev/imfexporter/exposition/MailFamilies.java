package dev.imfexporter.exposition;

import static java.util.Objects.requireNonNull;

import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.metric.MailMetrics;
import dev.imfexporter.metric.SmtpMetric;
import dev.imfexporter.reading.Banner;
import dev.imfexporter.reading.Filter;
import dev.imfexporter.reading.MailFolders.MailFolder;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.reading.Smtp.VirtualServer;
import dev.imfexporter.reading.SmtpCounter;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.Readings;
import java.util.EnumMap;
import java.util.Map;

/** Whether mail flows, and every number about it. */
final class MailFamilies {
  private static final Map<SmtpCounter, SmtpMetric> SMTP = smtpMetrics();

  private final Families families;

  private MailFamilies(Families families) {
    this.families = families;
  }

  static void add(Families to, HostSnapshot host) {
    MailFamilies families = new MailFamilies(to);
    Readings readings = host.readings();
    to.of(MailMetrics.MAIL_FLOW).states(host.history().mailFlow().state().word());
    readings.smtp().value().ifPresent(families::smtp);
    readings.filter().value().ifPresent(families::filter);
    readings.folders().value().ifPresent(read -> read.folders().forEach(families::folder));
    readings.banner().value().ifPresent(families::banner);
  }

  private void smtp(Smtp smtp) {
    for (VirtualServer server : smtp.virtualServers()) {
      server.counters().forEach((counter, value) -> counter(server.name(), counter, value));
    }
  }

  private void counter(String server, SmtpCounter counter, long value) {
    SmtpMetric metric = requireNonNull(SMTP.get(counter));
    Family family = families.of(metric.spec());
    if (metric.values().isEmpty()) {
      family.add(unsigned(value), server);
    } else {
      family.add(unsigned(value), server, metric.values().get(0));
    }
  }

  private void filter(Filter filter) {
    filter.enabled().ifPresent(on -> families.of(MailMetrics.FILTER_ENABLED).add(on ? 1 : 0));
    filter.scanned().ifPresent(n -> families.of(MailMetrics.FILTER_SCANNED).add(unsigned(n)));
    filter.actedUpon().ifPresent(n -> families.of(MailMetrics.FILTER_ACTED_UPON).add(unsigned(n)));
    filter
        .rated()
        .forEach(
            (level, n) ->
                families.of(MailMetrics.FILTER_RATED).add(unsigned(n), Integer.toString(level)));
  }

  private void folder(MailFolder folder) {
    String[] labels = {folder.virtualServer(), folder.purpose().word()};
    families.of(MailMetrics.FOLDER_MESSAGES).add((double) folder.messages(), labels);
    families.of(MailMetrics.FOLDER_BYTES).add((double) folder.bytes(), labels);
    folder.oldest().ifPresent(at -> families.of(MailMetrics.FOLDER_OLDEST).add(at, labels));
    families.of(MailMetrics.FOLDER_COMPLETE).add(folder.complete() ? 1 : 0, labels);
  }

  private void banner(Banner banner) {
    families.of(MailMetrics.BANNER_SUCCESS).add(banner.success() ? 1 : 0);
    banner
        .durations()
        .forEach((step, took) -> families.of(MailMetrics.BANNER_DURATION).add(took, step.word()));
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : value + 0x1p64;
  }

  private static Map<SmtpCounter, SmtpMetric> smtpMetrics() {
    Map<SmtpCounter, SmtpMetric> metrics = new EnumMap<>(SmtpCounter.class);
    for (SmtpMetric metric : Catalogue.SMTP) {
      metrics.put(SmtpCounter.named(metric.counter()).orElseThrow(), metric);
    }
    return metrics;
  }
}
