package dev.imfexporter.watch.mail;

import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.watch.mail.MailTotals.Total;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A reading of the counters that is right.
 *
 * @param at on the axis
 * @param waiting messages that SMTP is about to deliver, in all queues but those for another try
 * @param retrying messages that wait for another try, maybe for days
 * @param grown how much each total grew since the right reading before; empty if that is not known
 * @param left messages that left since the first reading
 */
record MailReading(Instant at, long waiting, long retrying, Map<Total, Long> grown, long left) {
  private static final List<SmtpCounter> WAITING =
      List.of(
          SmtpCounter.CATEGORIZER_QUEUE_LENGTH,
          SmtpCounter.MESSAGES_PENDING_ROUTING,
          SmtpCounter.LOCAL_QUEUE_LENGTH,
          SmtpCounter.REMOTE_QUEUE_LENGTH);
  private static final List<SmtpCounter> RETRYING =
      List.of(SmtpCounter.LOCAL_RETRY_QUEUE_LENGTH, SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH);

  static MailReading of(Smtp smtp, Instant at, Map<Total, Long> grown, long left) {
    return new MailReading(at, sum(smtp, WAITING), sum(smtp, RETRYING), grown, left);
  }

  private static long sum(Smtp smtp, List<SmtpCounter> counters) {
    return smtp.virtualServers().stream().mapToLong(server -> server.sum(counters)).sum();
  }

  /** How much a total grew; 0 if that is not known. */
  long grown(Total total) {
    return grown.getOrDefault(total, 0L);
  }
}
