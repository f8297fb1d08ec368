package dev.imfexporter.metric;

import static dev.imfexporter.metric.HostMetrics.EXPORTER;
import static dev.imfexporter.metric.MetricSpec.Label.free;

import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.metric.MetricSpec.Label;
import dev.imfexporter.watch.model.MailCounts;
import dev.imfexporter.watch.model.MailFlow;

/** Mail flow, the filter, the folders, and the dialogue with SMTP. */
public final class MailMetrics {
  static final MetricGroup GROUP = new MetricGroup("Mail");

  private static final String IMF = "MSExchange Intelligent Message Filter: ";
  private static final String DIALOGUE = "TCP, RFC 5321";
  private static final String FILES = "FindFirstFile";
  private static final Label VIRTUAL_SERVER = free("virtual_server");
  private static final Label FOLDER = Label.of("folder", MailFolders.Purpose.class);

  public static final MetricSpec MAIL_FLOW =
      GROUP.gauge(
          "imf_mail_flow_state",
          "Whether mail passes the host: 1 for the state that applies.",
          EXPORTER,
          Label.of("state", MailFlow.State.class));
  public static final MetricSpec HALTED_SINCE =
      GROUP.gauge(
          "imf_mail_flow_halted_since_timestamp_seconds",
          "While mail flow is halted: the begin of SMTPSVC's outage, as Unix time.",
          EXPORTER);
  public static final MetricSpec HALTED_AFTER_UPDATE =
      GROUP.gauge(
          "imf_mail_flow_halted_after_update",
          "While mail flow is halted: 1 if SMTPSVC's outage belongs to an update.",
          EXPORTER);
  public static final MetricSpec LAST_HOUR =
      GROUP.gauge(
          "imf_mail_last_hour_messages",
          "Messages of the last hour. received: by SMTP or from the pickup directory. passed: sent,"
              + " delivered or dropped to a directory, without non-delivery reports. bounced:"
              + " non-delivery reports and bad mail. Less than an hour after the first scrape.",
          "SMTP Server: totals",
          Label.of("result", MailCounts.Result.class));
  public static final MetricSpec NEARLY_ALL_BOUNCES =
      GROUP.gauge(
          "imf_mail_nearly_all_bounces",
          "1 while mail is bouncing and nearly all of it does, 0 otherwise. That is so when of at least"
              + " ten messages of the last hour fewer than three passed, or at most a tenth while"
              + " messages still bounce, or at most a tenth of at least ten of the last 15 minutes; and"
              + " when no more than ten times as many came in as usually pass in that time, or that is"
              + " not known yet.",
          "SMTP Server: totals");
  public static final MetricSpec USUAL =
      GROUP.gauge(
          "imf_mail_usual_messages_per_hour",
          "Messages that pass in an hour, on average over a week or what is known of it, without the"
              + " time in which mail bounced; older hours weigh less. 0 before a day was watched.",
          "SMTP Server: totals");
  public static final MetricSpec PENDING =
      GROUP.gauge(
          "imf_mail_pending_messages",
          "Messages that came in since a message last passed, and are still in the queues, once none"
              + " has passed for stuck_after; 0 before.",
          "SMTP Server: totals, queue lengths");
  public static final MetricSpec GONE_VIRTUAL_SERVER =
      GROUP.gauge(
          "imf_smtp_virtual_server_gone_since_timestamp_seconds",
          "When a virtual server was last listed that a start of SMTPSVC did not bring back, as Unix"
              + " time; until it is back, at most a week. Absent for one that was removed while"
              + " SMTPSVC ran.",
          "SMTP Server: instances",
          VIRTUAL_SERVER);
  public static final MetricSpec FILTER_ENABLED =
      GROUP.gauge(
          "imf_filter_enabled",
          "1 if the filter is bound to a virtual server; absent if the value does not exist.",
          "HKLM\\SOFTWARE\\Microsoft\\Exchange\\ContentFilter ContentFilterBindings");
  public static final MetricSpec FILTER_SCANNED =
      GROUP.counter(
          "imf_filter_messages_scanned_total",
          "Messages that the filter scanned since SMTPSVC started.",
          IMF + "Total Messages Scanned for UCE");
  public static final MetricSpec FILTER_ACTED_UPON =
      GROUP.counter(
          "imf_filter_messages_acted_upon_total",
          "Messages that the filter acted upon.",
          IMF + "Total UCE Messages Acted Upon");
  public static final MetricSpec FILTER_RATED =
      GROUP.counter(
          "imf_filter_messages_rated_total",
          "Messages by the spam confidence level that the filter gave them.",
          IMF + "Total Messages Assigned an SCL Rating of 0 to 9",
          Label.of("scl", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
  public static final MetricSpec FOLDER_MESSAGES =
      GROUP.gauge(
          "imf_smtp_folder_messages",
          "Files in the folder, also while SMTP is down; a lower bound where"
              + " imf_smtp_folder_complete is 0.",
          FILES,
          VIRTUAL_SERVER,
          FOLDER);
  public static final MetricSpec FOLDER_BYTES =
      GROUP.gauge(
          "imf_smtp_folder_bytes", "Sum of the files' sizes.", FILES, VIRTUAL_SERVER, FOLDER);
  public static final MetricSpec FOLDER_OLDEST =
      GROUP.gauge(
          "imf_smtp_folder_oldest_timestamp_seconds",
          "When the oldest file was last written, as Unix time by the host's clock; absent for an"
              + " empty folder.",
          FILES,
          VIRTUAL_SERVER,
          FOLDER);
  public static final MetricSpec FOLDER_COMPLETE =
      GROUP.gauge(
          "imf_smtp_folder_complete",
          "1 if every file was counted, 0 if there were too many.",
          EXPORTER,
          VIRTUAL_SERVER,
          FOLDER);
  public static final MetricSpec BANNER_SUCCESS =
      GROUP.gauge(
          "imf_smtp_banner_success",
          "1 if SMTP greeted a client and accepted its EHLO and QUIT.",
          DIALOGUE);
  public static final MetricSpec BANNER_DURATION =
      GROUP.gauge(
          "imf_smtp_banner_duration_seconds",
          "Duration of each step; absent for one that failed or was not reached.",
          DIALOGUE,
          Label.of("phase", Banner.Step.class));

  private MailMetrics() {}
}
