package dev.imfexporter.watch.mail;

import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.watch.clock.Moment;
import java.util.Optional;

/**
 * What is known of the mail on a host at one moment.
 *
 * @param reading the newest
 * @param files in the queue folders; empty when they could not be read
 * @param least the least that waited in this sample and those that it replaced
 */
record MailSample(Moment at, MailReading reading, Optional<Long> files, long least) {

  static MailSample of(Moment at, MailReading reading, Optional<MailFolders> folders) {
    return new MailSample(at, reading, files(folders), reading.waiting());
  }

  /** This sample in the place of an earlier one. */
  MailSample replacing(MailSample earlier) {
    return new MailSample(at, reading, files, Math.min(least, earlier.least));
  }

  long waiting() {
    return reading.waiting();
  }

  long retrying() {
    return reading.retrying();
  }

  static Optional<Long> files(Optional<MailFolders> folders) {
    return folders
        .map(MailFolders::folders)
        .map(all -> all.stream().filter(folder -> folder.purpose() == Purpose.QUEUE).toList())
        .filter(queues -> !queues.isEmpty())
        .map(queues -> queues.stream().mapToLong(MailFolder::messages).sum());
  }
}
