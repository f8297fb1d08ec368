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
import java.util.Optional;
import java.util.TreeMap;

/** The totals of the virtual servers at one moment, by what they say about mail. */
record MailTotals(Map<String, Map<MailTotals.Total, Long>> servers) {
  /** The counters of which they are sums have 32 bits. */
  private static final long WRAP = 1L << 32;

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

  /**
   * How much each total grew since an earlier moment; empty if one cannot have grown so. A virtual
   * server that was not there before adds nothing: its past is not known.
   *
   * @param most messages that may have passed meanwhile
   * @param restarted whether the service was started meanwhile: what fell began anew
   */
  Optional<Map<Total, Long>> since(MailTotals earlier, long most, boolean restarted) {
    Map<Total, Long> grown = new EnumMap<>(Total.class);
    for (Map.Entry<String, Map<Total, Long>> server : servers.entrySet()) {
      Map<Total, Long> before = earlier.servers.getOrDefault(server.getKey(), Map.of());
      for (Map.Entry<Total, Long> then : before.entrySet()) {
        long now = server.getValue().getOrDefault(then.getKey(), 0L);
        long more = more(then.getValue(), now, restarted);
        if (more > most) {
          return Optional.empty();
        }
        grown.merge(then.getKey(), more, Long::sum);
      }
    }
    return Optional.of(grown);
  }

  private static long more(long then, long now, boolean restarted) {
    if (now >= then) {
      return now - then;
    }
    return restarted ? now : now - then + WRAP;
  }

  /** Whether a total is less than at an earlier moment. */
  boolean fellSince(MailTotals earlier) {
    return earlier.servers.entrySet().stream()
        .anyMatch(
            server -> {
              Map<Total, Long> now = servers.getOrDefault(server.getKey(), server.getValue());
              return server.getValue().entrySet().stream()
                  .anyMatch(then -> now.getOrDefault(then.getKey(), 0L) < then.getValue());
            });
  }
}
