package dev.imfexporter.metric;

import static dev.imfexporter.metric.MetricType.COUNTER;
import static dev.imfexporter.metric.MetricType.GAUGE;

import dev.imfexporter.metric.MetricSpec.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A counter of the performance object {@code SMTP Server} and what is made of it. Types follow
 * Microsoft's meaning of each counter (TechNet cc736659), since Windows marks totals and lengths
 * alike as raw counts.
 *
 * @param counter the English name on Windows
 * @param values of the metric's labels after {@code virtual_server}
 */
public record SmtpMetric(String counter, MetricSpec spec, List<String> values) {
  private static final Label SERVER = new Label("virtual_server", List.of());

  static List<SmtpMetric> all() {
    List<SmtpMetric> all = new ArrayList<>();
    all.addAll(
        split(
            "imf_smtp_queue_length",
            GAUGE,
            "Messages in the queue.",
            "queue",
            Map.of(
                "local", "Local Queue Length",
                "local_retry", "Local Retry Queue Length",
                "remote", "Remote Queue Length",
                "remote_retry", "Remote Retry Queue Length",
                "categorizer", "Categorizer Queue Length",
                "pending_routing", "Messages Pending Routing",
                "undeliverable", "Messages Currently Undeliverable")));
    all.add(counter("messages_received", "Messages received.", "Messages Received Total"));
    all.add(
        counter(
            "messages_submitted", "Messages submitted for delivery.", "Total messages submitted"));
    all.add(
        counter(
            "messages_delivered",
            "Messages delivered to local mailboxes.",
            "Messages Delivered Total"));
    all.add(counter("messages_sent", "Messages sent to other hosts.", "Messages Sent Total"));
    all.add(
        counter(
            "directory_drops", "Messages placed in a drop directory.", "Directory Drops Total"));
    all.add(
        counter(
            "pickup_messages_retrieved",
            "Messages taken from the pickup directory.",
            "Pickup Directory Messages Retrieved Total"));
    all.add(counter("etrn_messages", "ETRN messages received.", "ETRN Messages Total"));
    all.addAll(
        split(
            "imf_smtp_messages_badmailed_total",
            COUNTER,
            "Messages put into the badmail directory.",
            "reason",
            Map.of(
                "bad_pickup_file", "Badmailed Messages (Bad Pickup File)",
                "general_failure", "Badmailed Messages (General Failure)",
                "hop_count_exceeded", "Badmailed Messages (Hop Count Exceeded)",
                "ndr_of_dsn", "Badmailed Messages (NDR of DSN)",
                "no_recipients", "Badmailed Messages (No Recipients)",
                "triggered_via_event", "Badmailed Messages (Triggered via Event)")));
    all.addAll(
        split(
            "imf_smtp_messages_refused_total",
            COUNTER,
            "Messages refused.",
            "reason",
            Map.of(
                "address_objects", "Messages Refused for Address Objects",
                "mail_objects", "Messages Refused for Mail Objects",
                "size", "Messages Refused for Size")));
    all.add(
        gauge(
            "messages_in_local_delivery",
            "Messages being delivered locally now.",
            "Current Messages in Local Delivery"));
    all.add(
        counter(
            "message_delivery_retries",
            "Local deliveries that were tried again.",
            "Message Delivery Retries"));
    all.add(
        counter(
            "message_send_retries",
            "Outbound sends that were tried again.",
            "Message Send Retries"));
    all.add(counter("dsn_failures", "Failed generations of DSNs.", "Total DSN Failures"));
    all.add(counter("ndrs_generated", "Non-delivery reports generated.", "NDRs Generated"));
    all.add(counter("received_bytes", "Bytes received.", "Bytes Received Total"));
    all.add(counter("sent_bytes", "Bytes sent.", "Bytes Sent Total"));
    all.add(
        counter(
            "message_received_bytes",
            "Bytes received in messages.",
            "Message Bytes Received Total"));
    all.add(counter("message_sent_bytes", "Bytes sent in messages.", "Message Bytes Sent Total"));
    all.add(
        gauge(
            "inbound_connections_open", "Inbound connections now.", "Inbound Connections Current"));
    all.add(counter("inbound_connections", "Inbound connections.", "Inbound Connections Total"));
    all.add(
        gauge(
            "outbound_connections_open",
            "Outbound connections now.",
            "Outbound Connections Current"));
    all.add(counter("outbound_connections", "Outbound connections.", "Outbound Connections Total"));
    all.add(
        counter(
            "outbound_connections_refused",
            "Outbound connections that the other host refused.",
            "Outbound Connections Refused"));
    all.add(
        counter(
            "connection_errors", "Connections that ended in an error.", "Total Connection Errors"));
    all.add(counter("dns_queries", "DNS queries.", "DNS Queries Total"));
    all.add(
        counter(
            "routing_table_lookups",
            "Lookups in the routing table.",
            "Routing Table Lookups Total"));
    all.add(gauge("mail_files_open", "Message files open now.", "Number of MailFiles Open"));
    all.add(gauge("queue_files_open", "Queue files open now.", "Number of QueueFiles Open"));
    return List.copyOf(all);
  }

  private static SmtpMetric counter(String name, String help, String counter) {
    return single("imf_smtp_" + name + "_total", COUNTER, help, counter);
  }

  private static SmtpMetric gauge(String name, String help, String counter) {
    return single("imf_smtp_" + name, GAUGE, help, counter);
  }

  private static SmtpMetric single(String name, MetricType type, String help, String counter) {
    return new SmtpMetric(
        counter, new MetricSpec(name, type, help, List.of(SERVER), origin(counter)), List.of());
  }

  private static List<SmtpMetric> split(
      String name, MetricType type, String help, String label, Map<String, String> counters) {
    Map<String, String> sorted = new TreeMap<>(counters);
    MetricSpec spec =
        new MetricSpec(
            name,
            type,
            help,
            List.of(SERVER, new Label(label, List.copyOf(sorted.keySet()))),
            origin(String.join(", ", sorted.values())));
    return sorted.entrySet().stream()
        .map(counter -> new SmtpMetric(counter.getValue(), spec, List.of(counter.getKey())))
        .toList();
  }

  private static String origin(String counters) {
    return "SMTP Server: " + counters;
  }
}
