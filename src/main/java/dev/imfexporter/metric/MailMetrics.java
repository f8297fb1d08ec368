package dev.imfexporter.metric;

import static dev.imfexporter.metric.MetricSpec.Label.free;
import static dev.imfexporter.metric.MetricSpec.Label.oneOf;
import static dev.imfexporter.metric.MetricSpec.counter;
import static dev.imfexporter.metric.MetricSpec.gauge;

import dev.imfexporter.metric.MetricSpec.Label;
import java.util.List;

/** Whether mail flows, and what the filter, the folders and the banner say. */
public final class MailMetrics {
  private static final String IMF = "MSExchange Intelligent Message Filter: ";
  private static final Label VIRTUAL_SERVER = free("virtual_server");
  private static final Label FOLDER = oneOf("folder", "queue", "badmail", "pickup", "drop");

  public static final MetricSpec MAIL_FLOW =
      gauge(
          "imf_mail_flow_state",
          "Whether mail passes the host: 1 for the state that holds.",
          "this exporter",
          oneOf("state", "flowing", "idle", "stalled", "halted", "unknown"));
  public static final MetricSpec FILTER_ENABLED =
      gauge(
          "imf_filter_enabled",
          "1 if the filter is bound to a virtual server; absent where not said.",
          "HKLM\\SOFTWARE\\Microsoft\\Exchange\\ContentFilter ContentFilterBindings");
  public static final MetricSpec FILTER_SCANNED =
      counter(
          "imf_filter_messages_scanned_total",
          "Messages that the filter looked at since SMTPSVC started.",
          IMF + "Total Messages Scanned for UCE");
  public static final MetricSpec FILTER_ACTED_UPON =
      counter(
          "imf_filter_messages_acted_upon_total",
          "Messages that it acted upon.",
          IMF + "Total UCE Messages Acted Upon");
  public static final MetricSpec FILTER_RATED =
      counter(
          "imf_filter_messages_rated_total",
          "Messages by the spam confidence level that it gave them.",
          IMF + "Total Messages Assigned an SCL Rating of 0 to 9",
          oneOf("scl", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
  public static final MetricSpec FOLDER_MESSAGES =
      gauge(
          "imf_smtp_folder_messages",
          "Files in the folder, also while SMTP is down; a lower bound where"
              + " imf_smtp_folder_complete is 0.",
          "FindFirstFile",
          VIRTUAL_SERVER,
          FOLDER);
  public static final MetricSpec FOLDER_BYTES =
      gauge(
          "imf_smtp_folder_bytes",
          "Their sizes added up.",
          "FindFirstFile",
          VIRTUAL_SERVER,
          FOLDER);
  public static final MetricSpec FOLDER_OLDEST =
      gauge(
          "imf_smtp_folder_oldest_timestamp_seconds",
          "When the oldest of them was last written, as Unix time by the host's clock; absent for"
              + " an empty folder.",
          "FindFirstFile",
          VIRTUAL_SERVER,
          FOLDER);
  public static final MetricSpec FOLDER_COMPLETE =
      gauge(
          "imf_smtp_folder_complete",
          "1 if every file was counted, 0 if there were too many.",
          "this exporter",
          VIRTUAL_SERVER,
          FOLDER);
  public static final MetricSpec BANNER_SUCCESS =
      gauge(
          "imf_smtp_banner_success",
          "1 if SMTP greeted a client and took its EHLO and its QUIT.",
          "TCP, RFC 5321");
  public static final MetricSpec BANNER_DURATION =
      gauge(
          "imf_smtp_banner_duration_seconds",
          "How long each step took; absent for one that failed or was not reached.",
          "TCP, RFC 5321",
          oneOf("phase", "connect", "greeting", "ehlo", "quit"));

  static final List<MetricSpec> ALL =
      List.of(
          MAIL_FLOW,
          FILTER_ENABLED,
          FILTER_SCANNED,
          FILTER_ACTED_UPON,
          FILTER_RATED,
          FOLDER_MESSAGES,
          FOLDER_BYTES,
          FOLDER_OLDEST,
          FOLDER_COMPLETE,
          BANNER_SUCCESS,
          BANNER_DURATION);

  private MailMetrics() {}
}
