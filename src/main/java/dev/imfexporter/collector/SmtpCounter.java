package dev.imfexporter.collector;

import static dev.imfexporter.collector.SmtpCounter.Kind.CURRENT;
import static dev.imfexporter.collector.SmtpCounter.Kind.TOTAL;
import static dev.imfexporter.collector.SmtpCounter.Quantity.BADMAILED;
import static dev.imfexporter.collector.SmtpCounter.Quantity.QUEUE_LENGTH;
import static dev.imfexporter.collector.SmtpCounter.Quantity.REFUSED;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The counters of the performance object {@code SMTP Server} that are raw values, in the order of
 * pages and metrics; rates and averages, which Windows derives from them, are left to PromQL. The
 * kinds follow the meaning of each counter (TechNet cc736659), because Windows marks totals and
 * lengths alike as raw counts.
 */
public enum SmtpCounter {
  LOCAL_QUEUE_LENGTH("Local Queue Length", QUEUE_LENGTH, "local"),
  LOCAL_RETRY_QUEUE_LENGTH("Local Retry Queue Length", QUEUE_LENGTH, "local_retry"),
  REMOTE_QUEUE_LENGTH("Remote Queue Length", QUEUE_LENGTH, "remote"),
  REMOTE_RETRY_QUEUE_LENGTH("Remote Retry Queue Length", QUEUE_LENGTH, "remote_retry"),
  CATEGORIZER_QUEUE_LENGTH("Categorizer Queue Length", QUEUE_LENGTH, "categorizer"),
  MESSAGES_PENDING_ROUTING("Messages Pending Routing", QUEUE_LENGTH, "pending_routing"),
  MESSAGES_CURRENTLY_UNDELIVERABLE(
      "Messages Currently Undeliverable", QUEUE_LENGTH, "undeliverable"),
  MESSAGES_RECEIVED_TOTAL(
      "Messages Received Total", TOTAL, "messages_received", "Messages received."),
  TOTAL_MESSAGES_SUBMITTED(
      "Total messages submitted", TOTAL, "messages_submitted", "Messages submitted for delivery."),
  MESSAGES_DELIVERED_TOTAL(
      "Messages Delivered Total",
      TOTAL,
      "messages_delivered",
      "Messages delivered to local mailboxes."),
  MESSAGES_SENT_TOTAL(
      "Messages Sent Total", TOTAL, "messages_sent", "Messages sent to other hosts."),
  DIRECTORY_DROPS_TOTAL(
      "Directory Drops Total", TOTAL, "directory_drops", "Messages placed in a drop directory."),
  PICKUP_DIRECTORY_MESSAGES_RETRIEVED_TOTAL(
      "Pickup Directory Messages Retrieved Total",
      TOTAL,
      "pickup_messages_retrieved",
      "Messages taken from the pickup directory."),
  ETRN_MESSAGES_TOTAL("ETRN Messages Total", TOTAL, "etrn_messages", "ETRN messages received."),
  BADMAILED_MESSAGES_BAD_PICKUP_FILE(
      "Badmailed Messages (Bad Pickup File)", BADMAILED, "bad_pickup_file"),
  BADMAILED_MESSAGES_GENERAL_FAILURE(
      "Badmailed Messages (General Failure)", BADMAILED, "general_failure"),
  BADMAILED_MESSAGES_HOP_COUNT_EXCEEDED(
      "Badmailed Messages (Hop Count Exceeded)", BADMAILED, "hop_count_exceeded"),
  BADMAILED_MESSAGES_NDR_OF_DSN("Badmailed Messages (NDR of DSN)", BADMAILED, "ndr_of_dsn"),
  BADMAILED_MESSAGES_NO_RECIPIENTS(
      "Badmailed Messages (No Recipients)", BADMAILED, "no_recipients"),
  BADMAILED_MESSAGES_TRIGGERED_VIA_EVENT(
      "Badmailed Messages (Triggered via Event)", BADMAILED, "triggered_via_event"),
  MESSAGES_REFUSED_FOR_ADDRESS_OBJECTS(
      "Messages Refused for Address Objects", REFUSED, "address_objects"),
  MESSAGES_REFUSED_FOR_MAIL_OBJECTS("Messages Refused for Mail Objects", REFUSED, "mail_objects"),
  MESSAGES_REFUSED_FOR_SIZE("Messages Refused for Size", REFUSED, "size"),
  CURRENT_MESSAGES_IN_LOCAL_DELIVERY(
      "Current Messages in Local Delivery",
      CURRENT,
      "messages_in_local_delivery",
      "Messages being delivered locally now."),
  MESSAGE_DELIVERY_RETRIES(
      "Message Delivery Retries",
      TOTAL,
      "message_delivery_retries",
      "Local deliveries that were tried again."),
  MESSAGE_SEND_RETRIES(
      "Message Send Retries",
      TOTAL,
      "message_send_retries",
      "Outbound sends that were tried again."),
  TOTAL_DSN_FAILURES(
      "Total DSN Failures",
      TOTAL,
      "dsn_failures",
      "Delivery status notifications that could not be generated."),
  NDRS_GENERATED("NDRs Generated", TOTAL, "ndrs_generated", "Non-delivery reports generated."),
  BYTES_RECEIVED_TOTAL("Bytes Received Total", TOTAL, "received_bytes", "Bytes received."),
  BYTES_SENT_TOTAL("Bytes Sent Total", TOTAL, "sent_bytes", "Bytes sent."),
  MESSAGE_BYTES_RECEIVED_TOTAL(
      "Message Bytes Received Total",
      TOTAL,
      "message_received_bytes",
      "Bytes received in messages."),
  MESSAGE_BYTES_SENT_TOTAL(
      "Message Bytes Sent Total", TOTAL, "message_sent_bytes", "Bytes sent in messages."),
  INBOUND_CONNECTIONS_CURRENT(
      "Inbound Connections Current",
      CURRENT,
      "inbound_connections_open",
      "Inbound connections now."),
  INBOUND_CONNECTIONS_TOTAL(
      "Inbound Connections Total", TOTAL, "inbound_connections", "Inbound connections."),
  OUTBOUND_CONNECTIONS_CURRENT(
      "Outbound Connections Current",
      CURRENT,
      "outbound_connections_open",
      "Outbound connections now."),
  OUTBOUND_CONNECTIONS_TOTAL(
      "Outbound Connections Total", TOTAL, "outbound_connections", "Outbound connections."),
  OUTBOUND_CONNECTIONS_REFUSED(
      "Outbound Connections Refused",
      TOTAL,
      "outbound_connections_refused",
      "Outbound connections that the other host refused."),
  TOTAL_CONNECTION_ERRORS(
      "Total Connection Errors", TOTAL, "connection_errors", "Connections that ended in an error."),
  DNS_QUERIES_TOTAL("DNS Queries Total", TOTAL, "dns_queries", "DNS queries."),
  ROUTING_TABLE_LOOKUPS_TOTAL(
      "Routing Table Lookups Total",
      TOTAL,
      "routing_table_lookups",
      "Lookups in the routing table."),
  NUMBER_OF_MAILFILES_OPEN(
      "Number of MailFiles Open", CURRENT, "mail_files_open", "Message files open now."),
  NUMBER_OF_QUEUEFILES_OPEN(
      "Number of QueueFiles Open", CURRENT, "queue_files_open", "Queue files open now.");

  /** How a value changes. */
  public enum Kind {
    /** Goes up and down. */
    CURRENT,
    /** Counts up from 0 since the service started. */
    TOTAL
  }

  /**
   * What one counter, or several together, measure.
   *
   * @param name in snake case
   * @param meaning a sentence
   * @param label what tells the counters of one quantity apart; empty where there is one counter
   */
  public record Quantity(String name, Kind kind, String meaning, Optional<String> label) {
    public static final Quantity QUEUE_LENGTH =
        new Quantity("queue_length", CURRENT, "Messages in the queue.", Optional.of("queue"));
    static final Quantity BADMAILED =
        new Quantity(
            "messages_badmailed",
            TOTAL,
            "Messages put into the badmail directory.",
            Optional.of("reason"));
    static final Quantity REFUSED =
        new Quantity("messages_refused", TOTAL, "Messages refused.", Optional.of("reason"));

    /** The counters that measure it, in their order. */
    public List<SmtpCounter> counters() {
      return Arrays.stream(SmtpCounter.values()).filter(c -> c.quantity.equals(this)).toList();
    }
  }

  private static final Map<String, SmtpCounter> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(c -> key(c.windowsName), c -> c));

  private final String windowsName;

  @SuppressWarnings("ImmutableEnumChecker") // A record of strings, an enum and an Optional.
  private final Quantity quantity;

  private final String part;

  SmtpCounter(String windowsName, Kind kind, String name, String meaning) {
    this(windowsName, new Quantity(name, kind, meaning, Optional.empty()), "");
  }

  SmtpCounter(String windowsName, Quantity quantity, String part) {
    this.windowsName = windowsName;
    this.quantity = quantity;
    this.part = part;
  }

  /** The counter of an English name, compared without case; empty for one that is not listed. */
  public static Optional<SmtpCounter> named(String windowsName) {
    return Optional.ofNullable(BY_NAME.get(key(windowsName)));
  }

  /** The name in the table of English names. */
  public String windowsName() {
    return windowsName;
  }

  public Quantity quantity() {
    return quantity;
  }

  /** The value of the quantity's label, in snake case; empty where it has no label. */
  public String part() {
    return part;
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
