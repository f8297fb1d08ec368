package dev.imfexporter.exposition;

import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Filter;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Smtp.VirtualServer;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.metric.MailMetrics;
import dev.imfexporter.metric.SmtpMetrics;
import dev.imfexporter.watch.model.Collected;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailCounts;
import dev.imfexporter.watch.model.MailFlow;

/** Mail flow, and every number about mail. */
final class MailFamilies {
  private final Families families;

  private MailFamilies(Families families) {
    this.families = families;
  }

  static void add(Families to, HostSnapshot host) {
    MailFamilies families = new MailFamilies(to);
    Collected collected = host.collected();
    MailFlow flow = host.history().mailFlow();
    to.of(MailMetrics.MAIL_FLOW).states(flow.state().word());
    flow.halt()
        .ifPresent(
            halt -> {
              to.of(MailMetrics.HALTED_SINCE).add(halt.since());
              to.of(MailMetrics.HALTED_AFTER_UPDATE).add(halt.afterUpdate());
            });
    host.history()
        .goneVirtualServers()
        .forEach(
            gone -> to.of(MailMetrics.GONE_VIRTUAL_SERVER).add(gone.lastListed(), gone.name()));
    collected
        .value(CollectorKey.SMTP)
        .ifPresent(
            smtp -> {
              families.smtp(smtp);
              families.balance(flow);
            });
    collected.value(CollectorKey.FILTER).ifPresent(families::filter);
    collected
        .value(CollectorKey.FOLDERS)
        .ifPresent(read -> read.folders().forEach(families::folder));
    collected.value(CollectorKey.BANNER).ifPresent(families::banner);
  }

  private void smtp(Smtp smtp) {
    for (VirtualServer server : smtp.virtualServers()) {
      server.counters().forEach((counter, value) -> counter(server.name(), counter, value));
    }
  }

  private void balance(MailFlow flow) {
    for (MailCounts.Result result : MailCounts.Result.values()) {
      families.of(MailMetrics.LAST_HOUR).add(flow.lastHour().get(result), result.word());
    }
    families.of(MailMetrics.NEARLY_ALL_BOUNCES).add(flow.nearlyAllBounces());
    families.of(MailMetrics.USUAL).add(flow.usual());
    families.of(MailMetrics.PENDING).add(flow.pending());
  }

  private void counter(String server, SmtpCounter counter, long value) {
    Family family = families.of(SmtpMetrics.of(counter));
    if (counter.quantity().label().isPresent()) {
      family.add(unsigned(value), server, counter.part());
    } else {
      family.add(unsigned(value), server);
    }
  }

  private void filter(Filter filter) {
    filter.enabled().ifPresent(on -> families.of(MailMetrics.FILTER_ENABLED).add(on));
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
    families.of(MailMetrics.FOLDER_MESSAGES).add(folder.messages(), labels);
    families.of(MailMetrics.FOLDER_BYTES).add(folder.bytes(), labels);
    families.of(MailMetrics.FOLDER_OLDEST).add(folder.oldest(), labels);
    families.of(MailMetrics.FOLDER_COMPLETE).add(folder.complete(), labels);
  }

  private void banner(Banner banner) {
    families.of(MailMetrics.BANNER_SUCCESS).add(banner.success());
    banner
        .durations()
        .forEach((step, took) -> families.of(MailMetrics.BANNER_DURATION).add(took, step.word()));
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : value + 0x1p64;
  }
}
