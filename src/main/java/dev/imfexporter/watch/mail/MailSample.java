package dev.imfexporter.watch.mail;

import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Smtp.VirtualServer;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.watch.clock.Moment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one reading shows of the mail on a host.
 *
 * @param left messages that left since SMTPSVC started, by virtual server
 * @param waiting messages that SMTP is about to deliver, in all queues but those for another try
 * @param retrying messages that wait for another try, maybe for days
 * @param files in the queue folders; empty when they could not be read
 */
record MailSample(
    Moment at, Map<String, Long> left, long waiting, long retrying, Optional<Long> files) {

  private static final List<SmtpCounter> WAITING =
      List.of(
          SmtpCounter.CATEGORIZER_QUEUE_LENGTH,
          SmtpCounter.MESSAGES_PENDING_ROUTING,
          SmtpCounter.LOCAL_QUEUE_LENGTH,
          SmtpCounter.REMOTE_QUEUE_LENGTH);
  private static final List<SmtpCounter> RETRYING =
      List.of(SmtpCounter.LOCAL_RETRY_QUEUE_LENGTH, SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH);

  MailSample {
    left = Map.copyOf(left);
  }

  static MailSample of(Moment at, Smtp smtp, Optional<MailFolders> folders) {
    Map<String, Long> left = new TreeMap<>();
    for (VirtualServer server : smtp.virtualServers()) {
      left.put(server.name(), MailTotals.Total.LEFT.of(server));
    }
    return new MailSample(at, left, waiting(smtp), retrying(smtp), files(folders));
  }

  /** Messages in the queues from which SMTP delivers now. */
  static long waiting(Smtp smtp) {
    return smtp.virtualServers().stream().mapToLong(server -> server.sum(WAITING)).sum();
  }

  /** Messages in the queues for another try. */
  static long retrying(Smtp smtp) {
    return smtp.virtualServers().stream().mapToLong(server -> server.sum(RETRYING)).sum();
  }

  static Optional<Long> files(Optional<MailFolders> folders) {
    return folders
        .map(MailFolders::folders)
        .map(all -> all.stream().filter(folder -> folder.purpose() == Purpose.QUEUE).toList())
        .filter(queues -> !queues.isEmpty())
        .map(queues -> queues.stream().mapToLong(MailFolder::messages).sum());
  }

  /** How many messages left since an earlier sample. */
  long leftSince(MailSample earlier) {
    long sum = 0;
    for (Map.Entry<String, Long> server : left.entrySet()) {
      long before = earlier.left.getOrDefault(server.getKey(), 0L);
      sum += Growth.of(before, server.getValue());
    }
    return sum;
  }
}
