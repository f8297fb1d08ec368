package dev.imfexporter.diagnosis;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components.Component;
import dev.imfexporter.collector.Result;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.ComponentWait.Loaded;
import dev.imfexporter.watch.model.ComponentWait.VendorEvent;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.WaitHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may have held up a stop or a start of IIS Admin, in sentences. */
public final class WaitWords {
  /** Stands wherever a module is named. */
  public static final String CAUTION =
      "That a module was loaded does not prove that IIS Admin waited for it.";

  private static final int MOST_NAMED = 3;
  private static final int MOST_EVENTS = 5;

  private final HostSnapshot host;
  private final WaitHistory history;
  private final TimeView time;

  public WaitWords(HostSnapshot host, TimeView time) {
    this.host = host;
    history = host.history().waits();
    this.time = time;
  }

  /** How long it took, which module may have held it up, and the evidence. */
  public List<String> of(ComponentWait wait) {
    List<String> sentences = new ArrayList<>();
    sentences.add(length(wait));
    if (!wait.isSlow()) {
      return sentences;
    }
    List<Loaded> suspects = wait.suspects();
    suspects.stream().limit(MOST_NAMED).forEach(suspect -> sentences.add(named(wait, suspect)));
    if (suspects.size() > MOST_NAMED) {
      sentences.add("So were %d further modules.".formatted(suspects.size() - MOST_NAMED));
    }
    if (suspects.isEmpty()) {
      sentences.add(none(wait));
    }
    process(wait).ifPresent(sentences::add);
    sentences.add(events(wait));
    if (!suspects.isEmpty()) {
      sentences.add(CAUTION);
    }
    return sentences;
  }

  /** {@code csmtpsink.dll 4.1.2.0 (Contoso)}. */
  public static String name(Component component) {
    String version = component.version().isEmpty() ? "" : " " + component.version();
    String company = component.company().isEmpty() ? "" : " (" + component.company() + ")";
    return component.name() + version + company;
  }

  /** In how many slow stops and starts a module was a suspect; empty if in none. */
  public Optional<String> tally(String module) {
    List<String> parts = new ArrayList<>();
    for (Phase phase : List.of(Phase.STOP, Phase.START)) {
      long suspected = history.suspected(module, phase);
      if (suspected > 0) {
        parts.add("%d of %s".formatted(suspected, slow(phase)));
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", parts));
  }

  private String slow(Phase phase) {
    long slow = history.slow(phase);
    return "%d slow %s%s".formatted(slow, phase.word(), slow == 1 ? "" : "s");
  }

  private String length(ComponentWait wait) {
    String began = time.dateAndTime(wait.began());
    String took = TimeWords.duration(wait.took());
    String end =
        history.present().equals(Optional.of(wait))
            ? "has taken %s so far".formatted(took)
            : wait.next().isEmpty()
                ? "was watched for %s, not to its end".formatted(took)
                : "took %s%s".formatted(took, failed(wait) ? " and failed" : "");
    String usual =
        wait.typical()
            .map(of -> "; typically it takes " + TimeWords.duration(of))
            .orElse("; too few earlier ones are known to say what is typical");
    return "IIS Admin's %s, seen from %s on, %s%s%s%s."
        .formatted(
            wait.phase().word(),
            began,
            end,
            wait.whole() ? "" : " (it may have begun earlier)",
            usual,
            wait.isSlow() ? "" : "; that is no wait to name a module for");
  }

  private static boolean failed(ComponentWait wait) {
    return wait.phase() == Phase.START && wait.next().equals(Optional.of(ServiceState.STOPPED));
  }

  private String named(ComponentWait wait, Loaded suspect) {
    String waited = TimeWords.duration(wait.waited(suspect));
    String took = TimeWords.duration(wait.took());
    String what =
        wait.phase() == Phase.STOP
            ? "%s was still loaded for %s of the %s of the stop"
                .formatted(name(suspect.component()), waited, took)
            : "%s was loaded %s after the start began; for %s of its %s, no further third-party module was loaded"
                .formatted(
                    name(suspect.component()),
                    TimeWords.duration(Duration.between(wait.began(), suspect.first())),
                    waited,
                    took);
    long slow = history.slow(wait.phase());
    return slow < 2
        ? what + "."
        : "%s. The same can be said of it in %d of %s."
            .formatted(
                what,
                history.suspected(suspect.component().name(), wait.phase()),
                slow(wait.phase()));
  }

  private String none(ComponentWait wait) {
    if (wait.samples() == 0) {
      return "The modules of inetinfo.exe were not listed meanwhile, so none is named%s"
          .formatted(notListed());
    }
    if (wait.loaded().isEmpty()) {
      return "No third-party module was loaded in inetinfo.exe meanwhile, so none is named.";
    }
    if (wait.isHardlyListed()) {
      return "The modules of inetinfo.exe were listed %s, for the last time after %s of the %s, which is too little to name one."
          .formatted(
              wait.samples() == 1 ? "once" : wait.samples() + " times",
              TimeWords.duration(
                  Duration.between(wait.began(), wait.listed().orElse(wait.began()))),
              wait.phase().word());
    }
    return "No third-party module was there for half of it, so none is named; those that were: %s."
        .formatted(
            wait.loaded().stream()
                .limit(MOST_NAMED)
                .map(
                    module ->
                        "%s for %s"
                            .formatted(
                                name(module.component()),
                                TimeWords.duration(
                                    Duration.between(module.first(), module.last()))))
                .collect(Collectors.joining(", ")));
  }

  private String notListed() {
    return host.collected().get(CollectorKey.COMPONENTS).result()
            instanceof Result.Unsupported<?> no
        ? ": " + no.why() + (no.why().endsWith(".") ? "" : ".")
        : ".";
  }

  private Optional<String> process(ComponentWait wait) {
    return wait.phase() == Phase.STOP && wait.processId() != 0
        ? wait.listed()
            .map(
                last ->
                    "Its process %d was last seen %s after the stop began%s."
                        .formatted(
                            wait.processId(),
                            TimeWords.duration(Duration.between(wait.began(), last)),
                            ranFor(wait)))
        : Optional.empty();
  }

  private String ranFor(ComponentWait stop) {
    return history
        .startOf(stop)
        .map(start -> Duration.between(start.began(), stop.began()))
        .map(lived -> "; it had run for " + TimeWords.duration(lived) + " when the stop began")
        .orElse("");
  }

  private String events(ComponentWait wait) {
    List<VendorEvent> all = wait.events();
    if (all.isEmpty()) {
      return "No event of another maker than Microsoft is known from that time.";
    }
    return "What other makers' sources logged about that time, in its order: "
        + all.stream()
            .skip(Math.max(0, all.size() - MOST_EVENTS))
            .map(
                event ->
                    "%s %s %d (%s)"
                        .formatted(
                            time.time(event.at(), wait.began()),
                            event.provider(),
                            event.id(),
                            event.level().spaced()))
            .collect(Collectors.joining(", "))
        + ".";
  }
}
