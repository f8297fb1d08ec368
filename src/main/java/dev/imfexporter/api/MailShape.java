package dev.imfexporter.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.MailVolumes.Folder;
import dev.imfexporter.collector.ServerCertificate;
import dev.imfexporter.collector.SmtpTls;
import dev.imfexporter.watch.model.VolumeForecast;
import dev.imfexporter.watch.model.VolumeRoom;
import java.time.Instant;
import java.util.Locale;

/** What is known of a host's mail besides its flow: the room on its disks, what SMTP answers. */
final class MailShape {
  private MailShape() {}

  static void volume(ObjectNode row, VolumeRoom room, Instant now) {
    row.put("volume", room.name());
    row.put("free_bytes", room.volume().free()).put("size_bytes", room.volume().size());
    row.put("full_at", Json.time(room.forecast().map(VolumeForecast::full)));
    row.put("bytes_per_hour", room.forecast().map(VolumeForecast::bytesPerHour).orElse(null));
    ArrayNode folders = row.putArray("folders");
    for (Folder folder : room.volume().folders()) {
      folders
          .addObject()
          .put("virtual_server", folder.virtualServer())
          .put("folder", folder.purpose().word());
    }
    ArrayNode concerns = row.putArray("concerns");
    room.concerns(now).forEach(concern -> concerns.add(concern.word()));
  }

  static void dialogue(ObjectNode row, Dialogue dialogue, Instant now) {
    row.put("virtual_server", dialogue.virtualServer()).put("address", dialogue.place());
    row.put("outcome", dialogue.outcome().word());
    row.put("failure", dialogue.failure().orElse(null));
    ArrayNode recipients = row.putArray("recipients");
    dialogue
        .recipients()
        .forEach(
            (recipient, answer) ->
                recipients
                    .addObject()
                    .put("recipient", recipient.word())
                    .put("address", answer.address())
                    .put("verdict", answer.verdict().word())
                    .put("reply", answer.reply()));
    dialogue.tls().ifPresent(tls -> tls(row.putObject("tls"), tls));
    ArrayNode concerns = row.putArray("concerns");
    dialogue
        .concerns(now)
        .forEach(concern -> concerns.add(concern.name().toLowerCase(Locale.ROOT)));
  }

  private static void tls(ObjectNode row, SmtpTls tls) {
    row.put("state", tls.state().word()).put("protocol", tls.protocol().orElse(null));
    row.put("subject", tls.certificate().map(ServerCertificate::subject).orElse(null));
    row.put("issuer", tls.certificate().map(ServerCertificate::issuer).orElse(null));
    row.put("not_before", Json.time(tls.certificate().map(ServerCertificate::notBefore)));
    row.put("not_after", Json.time(tls.certificate().map(ServerCertificate::notAfter)));
  }
}
