package dev.imfexporter.diagnosis;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.ErrorCode;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import dev.imfexporter.text.Sentence;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The questions, in the order in which the article asks them. */
final class Findings {
  private final Patient host;
  private final List<Finding> findings = new ArrayList<>();

  private Findings(Patient host) {
    this.host = host;
  }

  static List<Finding> of(Patient host) {
    Findings findings = new Findings(host);
    findings.readable();
    if (host.snapshot().up()) {
      findings.service("Is IIS Admin up?", IIS_ADMIN);
      findings.service("Is SMTP up?", SMTP);
      findings.others();
    }
    findings.findings.addAll(PastFindings.of(host));
    ComingFindings.of(host).ifPresent(findings.findings::add);
    if (host.snapshot().up()) {
      findings.findings.addAll(MailFindings.of(host));
    }
    return findings.findings;
  }

  private void readable() {
    List<String> answers = new ArrayList<>();
    boolean up = host.snapshot().up();
    answers.add(
        up
            ? "Yes, its services were read at %s."
                .formatted(
                    host.time()
                        .dateAndTime(host.snapshot().collected().get(CollectorKey.SERVICES).at()))
            : "No: "
                + Sentence.closed(
                    reason(host.snapshot().collected().get(CollectorKey.SERVICES).result())));
    for (Timed<?> reading : host.snapshot().collected().all()) {
      boolean failed = reading.result() instanceof Result.Failed;
      if (failed && up && reading.key() != CollectorKey.SERVICES) {
        answers.add(
            "The collector %s failed: %s"
                .formatted(reading.key().word(), Sentence.closed(reason(reading.result()))));
      }
    }
    boolean all = up && answers.size() == 1;
    findings.add(
        new Finding(
            "Can the host be read?", all ? Tone.GOOD : up ? Tone.NEUTRAL : Tone.BAD, answers));
  }

  private void service(String question, String name) {
    Optional<ServiceHistory> service = host.service(name);
    if (service.isEmpty()) {
      findings.add(new Finding(question, Tone.NEUTRAL, List.of(name + " is not watched.")));
      return;
    }
    Optional<ServiceStatus> status = service.get().status();
    if (status.isEmpty()) {
      boolean removed = service.get().standing() == Standing.REMOVED;
      findings.add(
          removed
              ? new Finding(question, Tone.BAD, List.of(removed(name)))
              : new Finding(question, Tone.NEUTRAL, List.of(name + " is not installed.")));
      return;
    }
    List<String> answers = new ArrayList<>();
    answers.add(state(service.get(), status.get()));
    exitCode(status.get()).ifPresent(answers::add);
    host.startMode(name)
        .filter(mode -> !mode.automatic())
        .ifPresent(mode -> answers.add(notAutomatic(name, mode)));
    service.get().concerns().stream()
        .filter(c -> c == Concern.CRASHED || c == Concern.FLAPPING)
        .forEach(c -> answers.add(c.clause(service.get(), host.now()) + "."));
    boolean runs = status.get().state() == ServiceState.RUNNING;
    boolean down = service.get().standing().isDown();
    boolean steady = service.get().concerns().isEmpty();
    findings.add(
        new Finding(
            question, down ? Tone.BAD : runs && steady ? Tone.GOOD : Tone.NEUTRAL, answers));
  }

  private String notAutomatic(String name, StartMode mode) {
    return host.snapshot()
        .collected()
        .value(CollectorKey.SERVICES)
        .flatMap(read -> read.startedAtBootFor(name))
        .map(
            other ->
                "Its start mode is %s: a boot starts it all the same, because %s needs it."
                    .formatted(mode.word(), other))
        .orElseGet(
            () ->
                "Its start mode is %s: it will not come up by itself after a reboot."
                    .formatted(mode.word()));
  }

  private static String removed(String service) {
    return service + " ran and is not installed any more.";
  }

  private String state(ServiceHistory service, ServiceStatus status) {
    String is = service.name() + " is " + status.state();
    if (service.standing() == Standing.PAUSED) {
      return is + ": it keeps its connections and accepts no new ones.";
    }
    if (status.state() == ServiceState.RUNNING) {
      return service.lastStart().map(at -> is + " since " + moment(at) + ".").orElse(is + ".");
    }
    return service
        .outageStart()
        .map(at -> "%s; it left RUNNING at %s.".formatted(is, moment(at)))
        .orElse(
            service.leftStopped()
                ? is + " though it ran before; when it left RUNNING was not observed."
                : is + ", and nothing says that it should run.");
  }

  private static Optional<String> exitCode(ServiceStatus status) {
    return ErrorCode.of(status)
        .map(
            code ->
                status.neverStarted()
                    ? "It has not been started since the host booted: %s.".formatted(code.words())
                    : "Its last stop was an error: %s.".formatted(code.words()));
  }

  private void others() {
    List<ServiceHistory> left = host.down().stream().filter(Findings::isOther).toList();
    if (left.isEmpty()) {
      othersAreWell();
      return;
    }
    List<String> answers = new ArrayList<>();
    for (ServiceHistory service : left) {
      answers.add(
          service.status().map(is -> state(service, is)).orElseGet(() -> removed(service.name())));
    }
    findings.add(new Finding("Does everything else run that ran before?", Tone.BAD, answers));
  }

  private void othersAreWell() {
    long running =
        host.snapshot().history().services().stream()
            .filter(Findings::isOther)
            .filter(s -> s.standing() == Standing.RUNNING)
            .count();
    List<String> answers = new ArrayList<>();
    if (running > 0) {
      answers.add(
          running == 1
              ? "Yes, the one other watched service that ran before does."
              : "Yes, all %d other watched services that ran before do.".formatted(running));
    }
    List<String> resting =
        host.resting().stream().filter(Findings::isOther).map(this::resting).toList();
    answers.addAll(resting);
    if (!answers.isEmpty()) {
      Tone tone = running > 0 ? Tone.GOOD : Tone.NEUTRAL;
      findings.add(new Finding("Does everything else run that ran before?", tone, answers));
    }
  }

  private String resting(ServiceHistory service) {
    return "%s is STOPPED; nothing shows that it ran before%s."
        .formatted(
            service.name(),
            host.startMode(service.name())
                .map(mode -> ", and its start mode is " + mode.spaced())
                .orElse(""));
  }

  private static boolean isOther(ServiceHistory service) {
    return !service.name().equals(IIS_ADMIN) && !service.name().equals(SMTP);
  }

  private String moment(Instant at) {
    return host.time().moment(at);
  }

  private static String reason(Result<?> result) {
    return result.reason().orElse("no reason was given");
  }
}
