package dev.imfexporter.reading;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The counters of the performance object {@code SMTP Server} that are raw values; rates and
 * averages that Windows derives from them are left to the reader of the metrics.
 */
public enum SmtpCounter {
  BADMAILED_MESSAGES_BAD_PICKUP_FILE("Badmailed Messages (Bad Pickup File)"),
  BADMAILED_MESSAGES_GENERAL_FAILURE("Badmailed Messages (General Failure)"),
  BADMAILED_MESSAGES_HOP_COUNT_EXCEEDED("Badmailed Messages (Hop Count Exceeded)"),
  BADMAILED_MESSAGES_NDR_OF_DSN("Badmailed Messages (NDR of DSN)"),
  BADMAILED_MESSAGES_NO_RECIPIENTS("Badmailed Messages (No Recipients)"),
  BADMAILED_MESSAGES_TRIGGERED_VIA_EVENT("Badmailed Messages (Triggered via Event)"),
  BYTES_SENT_TOTAL("Bytes Sent Total"),
  BYTES_RECEIVED_TOTAL("Bytes Received Total"),
  CATEGORIZER_QUEUE_LENGTH("Categorizer Queue Length"),
  TOTAL_CONNECTION_ERRORS("Total Connection Errors"),
  CURRENT_MESSAGES_IN_LOCAL_DELIVERY("Current Messages in Local Delivery"),
  DIRECTORY_DROPS_TOTAL("Directory Drops Total"),
  DNS_QUERIES_TOTAL("DNS Queries Total"),
  TOTAL_DSN_FAILURES("Total DSN Failures"),
  ETRN_MESSAGES_TOTAL("ETRN Messages Total"),
  INBOUND_CONNECTIONS_CURRENT("Inbound Connections Current"),
  INBOUND_CONNECTIONS_TOTAL("Inbound Connections Total"),
  LOCAL_QUEUE_LENGTH("Local Queue Length"),
  LOCAL_RETRY_QUEUE_LENGTH("Local Retry Queue Length"),
  NUMBER_OF_MAILFILES_OPEN("Number of MailFiles Open"),
  MESSAGE_BYTES_RECEIVED_TOTAL("Message Bytes Received Total"),
  MESSAGE_BYTES_SENT_TOTAL("Message Bytes Sent Total"),
  MESSAGE_DELIVERY_RETRIES("Message Delivery Retries"),
  MESSAGE_SEND_RETRIES("Message Send Retries"),
  MESSAGES_CURRENTLY_UNDELIVERABLE("Messages Currently Undeliverable"),
  MESSAGES_DELIVERED_TOTAL("Messages Delivered Total"),
  MESSAGES_PENDING_ROUTING("Messages Pending Routing"),
  MESSAGES_RECEIVED_TOTAL("Messages Received Total"),
  MESSAGES_REFUSED_FOR_ADDRESS_OBJECTS("Messages Refused for Address Objects"),
  MESSAGES_REFUSED_FOR_MAIL_OBJECTS("Messages Refused for Mail Objects"),
  MESSAGES_REFUSED_FOR_SIZE("Messages Refused for Size"),
  MESSAGES_SENT_TOTAL("Messages Sent Total"),
  TOTAL_MESSAGES_SUBMITTED("Total messages submitted"),
  NDRS_GENERATED("NDRs Generated"),
  OUTBOUND_CONNECTIONS_CURRENT("Outbound Connections Current"),
  OUTBOUND_CONNECTIONS_REFUSED("Outbound Connections Refused"),
  OUTBOUND_CONNECTIONS_TOTAL("Outbound Connections Total"),
  NUMBER_OF_QUEUEFILES_OPEN("Number of QueueFiles Open"),
  PICKUP_DIRECTORY_MESSAGES_RETRIEVED_TOTAL("Pickup Directory Messages Retrieved Total"),
  REMOTE_QUEUE_LENGTH("Remote Queue Length"),
  REMOTE_RETRY_QUEUE_LENGTH("Remote Retry Queue Length"),
  ROUTING_TABLE_LOOKUPS_TOTAL("Routing Table Lookups Total");

  private static final Map<String, SmtpCounter> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(c -> key(c.windowsName), c -> c));

  private final String windowsName;

  SmtpCounter(String windowsName) {
    this.windowsName = windowsName;
  }

  /** The counter of an English name, compared without case; empty for one that is not listed. */
  public static Optional<SmtpCounter> named(String windowsName) {
    return Optional.ofNullable(BY_NAME.get(key(windowsName)));
  }

  /** The name in the table of English names. */
  public String windowsName() {
    return windowsName;
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
