package dev.imfexporter.diagnosis;

import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Result;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import dev.imfexporter.trouble.Trouble;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conclusions that are near at hand and wrong, or not supported. */
final class Cautions {
  private Cautions() {}

  static List<String> of(Patient host, Verdict verdict) {
    List<String> cautions = new ArrayList<>();
    if (verdict == Verdict.UNREADABLE) {
      cautions.add("Not readable is not down: mail may flow all the while, and may not.");
    }
    if (!host.causes().isEmpty()) {
      cautions.add(Trouble.WARNING);
    }
    boolean current =
        verdict == Verdict.FAILING
            || verdict == Verdict.AT_RISK
            || host.lastOutage().filter(host::recent).isPresent();
    if (host.causes().isEmpty() && current && host.episodeOfLastOutage().isPresent()) {
      cautions.add(
          "That an update came just before does not make it the culprit: it restarts IIS Admin and"
              + " with it every plug-in, and a plug-in that is slow or fails is the usual cause."
              + " Do not begin by uninstalling it.");
    }
    boolean smtpRuns = host.state(SMTP).equals(Optional.of(ServiceState.RUNNING));
    boolean notKnown =
        host.flow() == MailFlow.State.UNKNOWN || host.flow() == MailFlow.State.ANSWERING;
    if (smtpRuns && notKnown) {
      cautions.add("RUNNING is not flowing: nothing above says that a message has passed.");
    }
    if (host.flow() == MailFlow.State.IDLE) {
      cautions.add("No mail is no fault: a quiet host and a dead sender look the same from here.");
    }
    Optional<Outage> outage = host.lastOutage().filter(o -> current);
    if (outage.flatMap(Outage::startedBy).equals(Optional.of(StartedBy.UNATTRIBUTED))) {
      cautions.add(
          "No source says who or what started it again: do not take it for repaired, nor for a"
              + " repair by Windows.");
    }
    // No version of Windows logs that a service is about to stop, however long that takes.
    boolean loggable =
        outage
            .filter(
                o ->
                    o.ended().isPresent()
                        || host.state(o.service()).equals(Optional.of(ServiceState.STOPPED)))
            .isPresent();
    boolean unlogged =
        loggable && outage.filter(o -> !o.sources().contains(Source.EVENT)).isPresent();
    Result<Events> logs = host.snapshot().collected().get(CollectorKey.EVENTS).result();
    if (logs.errorReason().isPresent() && logs.value().isPresent()) {
      cautions.add(
          "Not every event log was read, so outages of the past, who ended them and failures may be"
              + " missing here: %s.".formatted(logs.reason().orElse("")));
    }
    boolean events = logs instanceof Result.Ok;
    if (!events) {
      cautions.add(
          "The event log was not read: outages of the past, who ended them and failures may be"
              + " missing here.");
    } else if (unlogged) {
      cautions.add(
          "The event log does not confirm the last outage: Windows may be set not to log changes of"
              + " state.");
    }
    return cautions;
  }
}
