package dev.imfexporter.diagnosis;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.PendingUpdate;
import dev.imfexporter.watch.model.RestartForecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The updates and the reboot that the host waits for. */
final class ComingFindings {
  /** How many updates are named. */
  private static final int NAMED = 5;

  private final Patient host;
  private final HostSnapshot snapshot;

  private ComingFindings(Patient host) {
    this.host = host;
    snapshot = host.snapshot();
  }

  /** Empty when the host waits for nothing. */
  static Optional<Finding> of(Patient host) {
    List<String> answers = new ComingFindings(host).answers();
    return answers.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding("When may mail restart next?", Tone.NEUTRAL, answers));
  }

  private List<String> answers() {
    List<String> answers = new ArrayList<>();
    List<PendingUpdate> pending = snapshot.history().updates().pending();
    if (!pending.isEmpty()) {
      answers.add(
          RestartForecast.of(snapshot, host.now())
              .map(forecast -> forecast.sentence(snapshot.name(), host.time()))
              .orElseGet(() -> sometime(pending.size())));
      answers.add("Pending: " + named(pending) + ".");
    }
    snapshot
        .collected()
        .value(CollectorKey.HOST)
        .flatMap(clock -> clock.rebootPending())
        .ifPresent(
            since ->
                answers.add(
                    "Since %s, Windows has been waiting for a reboot to complete an update."
                        .formatted(host.time().dateAndTime(since))));
    return answers;
  }

  private String sometime(int updates) {
    return "%s pending; when they will be installed is not known%s."
        .formatted(
            updates == 1 ? "1 update is" : updates + " updates are",
            snapshot
                .collected()
                .get(CollectorKey.UPDATE_SCHEDULE)
                .result()
                .reason()
                .map(why -> ": " + why)
                .orElse(""));
  }

  private static String named(List<PendingUpdate> pending) {
    int more = pending.size() - NAMED;
    return pending.stream().limit(NAMED).map(PendingUpdate::title).collect(Collectors.joining("; "))
        + (more > 0 ? "; and " + more + " more" : "");
  }
}
