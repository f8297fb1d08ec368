package dev.imfexporter.preflight;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.watch.model.VolumeRoom;
import dev.imfexporter.watch.model.VolumeRoom.Concern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much lies in the folders and queues that SMTP goes through when it stops and starts, and how
 * much room is left for more.
 */
public final class Queues {
  /**
   * Beyond these, by the counter, Microsoft's Exchange Best Practices Analyzer warns; so does the
   * alert ImfSmtpQueueAboveLimit.
   */
  public static final Map<SmtpCounter, Long> LIMITS =
      Map.of(
          SmtpCounter.LOCAL_QUEUE_LENGTH, 1_000L,
          SmtpCounter.REMOTE_QUEUE_LENGTH, 1_000L,
          SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 1_000L,
          SmtpCounter.CATEGORIZER_QUEUE_LENGTH, 10L);

  private Queues() {}

  static Answer badmail(Outlook host) {
    Optional<MailFolders> read = host.value(CollectorKey.FOLDERS);
    if (read.isEmpty()) {
      return new Answer().without(host.snapshot().collected().get(CollectorKey.FOLDERS));
    }
    List<MailFolder> folders = folders(read.get(), Purpose.BADMAIL);
    Answer answer = new Answer();
    for (MailFolder folder : folders) {
      if (folder.isFull()) {
        answer
            .problem(
                "The folder Badmail of %s has at least %d files. SMTP looks at each of them while it"
                        .formatted(folder.virtualServer(), folder.messages())
                    + " stops, which takes minutes, and an installer may not wait for it.")
            .step(
                "On %s, move the files of Badmail away, or delete them at a command prompt, while there is time."
                    .formatted(host.name()));
      } else {
        answer.ok(
            "The folder Badmail of %s has %s."
                .formatted(
                    folder.virtualServer(), Sentences.count(folder.messages(), "file", "files")));
      }
    }
    return folders.isEmpty()
        ? answer
            .notKnown("No folder Badmail is watched.")
            .step(
                "Name the mail folders in the configuration (mailroots), or look yourself how many"
                    + " files are in Badmail.")
        : answer;
  }

  static Answer lengths(Outlook host) {
    Answer answer = new Answer();
    Optional<Smtp> counters = host.value(CollectorKey.SMTP);
    counters.ifPresentOrElse(
        read -> read.virtualServers().forEach(server -> lengths(server, answer)),
        () -> answer.without(host.snapshot().collected().get(CollectorKey.SMTP)));
    host.value(CollectorKey.FOLDERS).stream()
        .flatMap(read -> folders(read, Purpose.QUEUE).stream())
        .forEach(folder -> files(host, folder, answer));
    if (answer.hasFault()) {
      answer.step(
          "Look where these messages go before anything is restarted, and let the queues drain: a"
              + " restart sends nothing that could not be sent before.");
    }
    return answer;
  }

  private static void lengths(Smtp.VirtualServer server, Answer answer) {
    boolean all = true;
    for (SmtpCounter counter : SmtpCounter.Quantity.QUEUE_LENGTH.counters()) {
      Long limit = LIMITS.get(counter);
      Long length = server.counters().get(counter);
      if (limit != null && length != null && length > limit) {
        all = false;
        answer.warning(
            "The queue %s of %s has %d messages, and Microsoft's limit is %d."
                .formatted(counter.part().replace('_', ' '), server.name(), length, limit));
      }
    }
    if (all) {
      answer.ok(
          "The queues of %s have %s; none is beyond Microsoft's limit."
              .formatted(
                  server.name(),
                  Sentences.count(
                      server.sum(SmtpCounter.Quantity.QUEUE_LENGTH.counters()),
                      "message",
                      "messages")));
    }
  }

  private static void files(Outlook host, MailFolder folder, Answer answer) {
    if (folder.isFull()) {
      answer.warning(
          "The folder Queue of %s has at least %d files, which SMTP takes up one by one when it starts."
              .formatted(folder.virtualServer(), folder.messages()));
    } else if (folder.messages() > 0) {
      answer.ok(
          "The folder Queue of %s has %s%s."
              .formatted(
                  folder.virtualServer(),
                  Sentences.count(folder.messages(), "file", "files"),
                  folder
                      .oldest()
                      .map(
                          at ->
                              ", the oldest from "
                                  + host.time().dateAndTime(at)
                                  + " by the host's clock")
                      .orElse("")));
    }
  }

  /** An update needs room too, and SMTP writes each message before it passes it on. */
  static Answer disks(Outlook host) {
    List<VolumeRoom> volumes = host.snapshot().volumes();
    Answer answer = new Answer();
    for (VolumeRoom room : volumes) {
      Set<Concern> concerns = room.concerns(host.now());
      if (concerns.contains(Concern.NEARLY_FULL)) {
        answer.problem(room.free());
      } else if (concerns.contains(Concern.FULL_SOON)) {
        answer.warning(room.free());
      } else {
        answer.ok(room.free());
      }
      room.fills(host.time()).filter(sentence -> !concerns.isEmpty()).ifPresent(answer::warning);
    }
    if (answer.hasFault()) {
      answer.step(
          "Make room before the update: imf-exporter diagnose %s says what to look at."
              .formatted(host.name()));
    }
    return volumes.isEmpty()
        ? answer.without(host.snapshot().collected().get(CollectorKey.VOLUMES))
        : answer;
  }

  private static List<MailFolder> folders(MailFolders read, Purpose purpose) {
    return read.folders().stream().filter(folder -> folder.purpose() == purpose).toList();
  }
}
