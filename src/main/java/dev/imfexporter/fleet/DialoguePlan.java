package dev.imfexporter.fleet;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogue.Recipient;
import dev.imfexporter.collector.DialogueReading;
import dev.imfexporter.collector.DialogueTarget;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.config.Module;
import dev.imfexporter.watch.model.PlannedCollector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** With which virtual servers to hold a dialogue, and how often, as a module says. */
final class DialoguePlan {
  private DialoguePlan() {}

  static PlannedCollector<Dialogues> planned(HostConfig host) {
    Module.Dialogue dialogue = host.module().smtp().dialogue();
    List<DialogueTarget> targets = new ArrayList<>();
    dialogue
        .virtualServers()
        .forEach(
            (name, server) ->
                targets.add(
                    new DialogueTarget(
                        name,
                        server.address(),
                        server.port(),
                        server.startTls(),
                        recipients(server))));
    DialogueReading.Client client =
        new DialogueReading.Client(
            host.name(),
            host.module().smtp().banner().ehloName(),
            dialogue.sender(),
            dialogue.timeout());
    return PlannedCollector.planned(
            CollectorKey.DIALOGUE,
            new DialogueReading(targets, client, System::nanoTime),
            dialogue.interval())
        .inBackground(dialogue.timeout().multipliedBy(targets.size()));
  }

  private static Map<Recipient, String> recipients(Module.DialogueServer server) {
    Map<Recipient, String> recipients = new EnumMap<>(Recipient.class);
    server.ownAddress().ifPresent(address -> recipients.put(Recipient.OWN, address));
    server.foreignAddress().ifPresent(address -> recipients.put(Recipient.FOREIGN, address));
    return recipients;
  }
}
