package dev.imfexporter.watch.mail;

import static dev.imfexporter.collector.SmtpCounter.BADMAILED_MESSAGES_BAD_PICKUP_FILE;
import static dev.imfexporter.collector.SmtpCounter.BADMAILED_MESSAGES_GENERAL_FAILURE;
import static dev.imfexporter.collector.SmtpCounter.BADMAILED_MESSAGES_HOP_COUNT_EXCEEDED;
import static dev.imfexporter.collector.SmtpCounter.BADMAILED_MESSAGES_NDR_OF_DSN;
import static dev.imfexporter.collector.SmtpCounter.BADMAILED_MESSAGES_NO_RECIPIENTS;
import static dev.imfexporter.collector.SmtpCounter.BADMAILED_MESSAGES_TRIGGERED_VIA_EVENT;
import static dev.imfexporter.collector.SmtpCounter.DIRECTORY_DROPS_TOTAL;
import static dev.imfexporter.collector.SmtpCounter.MESSAGES_DELIVERED_TOTAL;
import static dev.imfexporter.collector.SmtpCounter.MESSAGES_RECEIVED_TOTAL;
import static dev.imfexporter.collector.SmtpCounter.MESSAGES_SENT_TOTAL;
import static dev.imfexporter.collector.SmtpCounter.NDRS_GENERATED;
import static dev.imfexporter.collector.SmtpCounter.PICKUP_DIRECTORY_MESSAGES_RETRIEVED_TOTAL;

import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Smtp.VirtualServer;
import dev.imfexporter.collector.SmtpCounter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The totals of the virtual servers at one moment, by what they say about mail. */
record MailTotals(Map<String, Map<MailTotals.Total, Long>> servers) {

  /** What is counted since the service started. */
  enum Total {
    RECEIVED(MESSAGES_RECEIVED_TOTAL, PICKUP_DIRECTORY_MESSAGES_RETRIEVED_TOTAL),
    LEFT(MESSAGES_SENT_TOTAL, MESSAGES_DELIVERED_TOTAL, DIRECTORY_DROPS_TOTAL),
    REPORTS(NDRS_GENERATED),
    /** Reports that could not be delivered, for example to a forged sender. */
    BADMAILED_REPORTS(BADMAILED_MESSAGES_NDR_OF_DSN),
    /** Without those reports: the messages that they are about are counted already. */
    BADMAILED(
        BADMAILED_MESSAGES_BAD_PICKUP_FILE,
        BADMAILED_MESSAGES_GENERAL_FAILURE,
        BADMAILED_MESSAGES_HOP_COUNT_EXCEEDED,
        BADMAILED_MESSAGES_NO_RECIPIENTS,
        BADMAILED_MESSAGES_TRIGGERED_VIA_EVENT);

    @SuppressWarnings("ImmutableEnumChecker") // An unmodifiable list of constants.
    private final List<SmtpCounter> counters;

    Total(SmtpCounter... counters) {
      this.counters = List.of(counters);
    }

    long of(VirtualServer server) {
      return server.sum(counters);
    }
  }

  static MailTotals of(Smtp smtp) {
    Map<String, Map<Total, Long>> servers = new TreeMap<>();
    for (VirtualServer server : smtp.virtualServers()) {
      Map<Total, Long> totals = new EnumMap<>(Total.class);
      for (Total total : Total.values()) {
        totals.put(total, total.of(server));
      }
      servers.put(server.name(), totals);
    }
    return new MailTotals(servers);
  }

  /** Whether a total grew by more than messages can pass. */
  boolean jumpedSince(MailTotals earlier) {
    return servers.entrySet().stream()
        .anyMatch(
            server ->
                jumped(
                    earlier.servers.getOrDefault(server.getKey(), server.getValue()),
                    server.getValue()));
  }

  private static boolean jumped(Map<Total, Long> then, Map<Total, Long> now) {
    return now.entrySet().stream()
        .anyMatch(total -> Growth.isJump(then.getOrDefault(total.getKey(), 0L), total.getValue()));
  }

  /**
   * How much a total grew since an earlier moment. A virtual server that was not there before adds
   * nothing: its past is not known.
   */
  long since(MailTotals earlier, Total total) {
    long sum = 0;
    for (Map.Entry<String, Map<Total, Long>> server : servers.entrySet()) {
      Map<Total, Long> before = earlier.servers.get(server.getKey());
      if (before != null) {
        long now = server.getValue().getOrDefault(total, 0L);
        long then = before.getOrDefault(total, 0L);
        sum += Growth.of(then, now);
      }
    }
    return sum;
  }
}
