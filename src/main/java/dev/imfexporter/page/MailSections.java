package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.MailVolumes;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.text.ByteWords;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mail flow, queues and folders of a host. */
final class MailSections {
  private final Html html;
  private final PageParts parts;
  private final HostSnapshot snapshot;

  MailSections(Html html, PageParts parts, HostSnapshot snapshot) {
    this.html = html;
    this.parts = parts;
    this.snapshot = snapshot;
  }

  void flow() {
    MailFlow flow = snapshot.history().mailFlow();
    html.inline(
            "p",
            () ->
                html.element(
                    "span", flow.state().name(), attr("class", "state " + flow.state().word())))
        .line();
    if (!flow.evidence().isEmpty()) {
      html.block(
          "ul", () -> flow.evidence().forEach(sentence -> html.element("li", sentence).line()));
    }
    snapshot.collected().value(CollectorKey.BANNER).ifPresent(this::banner);
  }

  private void banner(Banner banner) {
    List<String> steps = new ArrayList<>();
    banner
        .durations()
        .forEach((step, took) -> steps.add(step.word() + " " + TimeWords.duration(took)));
    parts.note(
        banner
            .failure()
            .map(why -> "Banner: " + why)
            .orElse("Banner: answers; " + String.join(", ", steps)));
  }

  void queues() {
    Timed<Smtp> taken = snapshot.collected().get(CollectorKey.SMTP);
    Optional<Smtp> read = taken.value();
    if (read.isEmpty()) {
      parts.why(taken);
    } else if (read.get().virtualServers().isEmpty()) {
      parts.note("The host reports no virtual server.");
    } else {
      queues(read.get());
    }
  }

  private void queues(Smtp smtp) {
    List<String> headings = new ArrayList<>(List.of("Virtual server"));
    List<PageParts.Cell<Smtp.VirtualServer>> cells =
        new ArrayList<>(List.of(server -> html.text(server.name())));
    for (SmtpCounter queue : SmtpCounter.Quantity.QUEUE_LENGTH.counters()) {
      headings.add(heading(queue.part()));
      cells.add(server -> html.text(length(server, queue)));
    }
    parts.table("Messages waiting, per virtual server", headings, smtp.virtualServers(), cells);
  }

  private static String heading(String part) {
    return Character.toUpperCase(part.charAt(0)) + part.substring(1).replace('_', ' ');
  }

  private static String length(Smtp.VirtualServer server, SmtpCounter counter) {
    Long length = server.counters().get(counter);
    return length == null ? "not reported" : Long.toString(length);
  }

  void folders() {
    Timed<MailFolders> taken = snapshot.collected().get(CollectorKey.FOLDERS);
    taken.value().ifPresentOrElse(this::folders, () -> parts.why(taken));
  }

  private void folders(MailFolders read) {
    parts.table(
        "Files in the folders of each virtual server, also while SMTP is down",
        List.of("Folder", "Virtual server", "Messages", "Size", "Oldest"),
        read.folders(),
        List.of(
            row -> html.text(row.purpose().word()),
            row -> html.text(row.virtualServer()),
            row -> html.text(atLeast(row) + row.messages()),
            row -> html.text(atLeast(row) + kilobytes(row.bytes())),
            row -> row.oldest().ifPresentOrElse(parts::moment, () -> html.text("none"))));
  }

  void volumes() {
    Timed<MailVolumes> taken = snapshot.collected().get(CollectorKey.VOLUMES);
    taken.value().ifPresentOrElse(read -> volumeTable(), () -> parts.why(taken));
  }

  private void volumeTable() {
    parts.table(
        "Room on the volumes of these folders",
        List.of("Volume", "Folders", "Free", "Size", "Full at the present growth"),
        snapshot.volumes(),
        List.of(
            row -> html.text(row.name()),
            row -> html.text(row.folders()),
            row -> html.text(row.freeWords()),
            row -> html.text(ByteWords.of(row.volume().size())),
            row ->
                row.forecast()
                    .ifPresentOrElse(
                        forecast -> parts.moment(forecast.full()),
                        () -> html.text("no steady growth"))));
  }

  private static String atLeast(MailFolder folder) {
    return folder.complete() ? "" : "at least ";
  }

  private static String kilobytes(long bytes) {
    return (bytes + 1023) / 1024 + " KiB";
  }
}
