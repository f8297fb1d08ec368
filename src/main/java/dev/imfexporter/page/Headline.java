package dev.imfexporter.page;

import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.GoneVirtualServer;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The state of a host in a word and a few sentences, at the top of its page.
 *
 * @param sentences plain text, the most urgent first
 */
record Headline(Tone tone, List<String> sentences) {

  /** The state in a word. */
  enum Tone {
    WELL("Well"),
    /**
     * Something is down, mail stands still, a service has a {@link Concern}, or a collector failed.
     */
    ATTENTION("Needs attention"),
    UNREADABLE("Not readable"),
    NOTHING("Nothing to watch");

    private final String words;

    Tone(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    /** A class of the style sheet. */
    String cssClass() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Comparator<ServiceView> MAIL_FIRST =
      Comparator.comparing(service -> !service.name().equalsIgnoreCase(WellKnownServices.SMTP));

  static Headline of(HostSnapshot snapshot, Instant now) {
    if (snapshot.collected().value(CollectorKey.SERVICES).isEmpty()) {
      return new Headline(
          Tone.UNREADABLE,
          List.of(
              "The host could not be read: "
                  + reason(snapshot.collected().get(CollectorKey.SERVICES))));
    }
    List<ServiceView> services = ServiceView.of(snapshot);
    List<ServiceView> down = services.stream().filter(s -> s.standing().isDown()).toList();
    List<String> sentences = new ArrayList<>();
    down.stream().sorted(MAIL_FIRST).forEach(s -> sentences.add(down(s, now)));
    boolean mailFails = fails(snapshot.history().mailFlow(), sentences);
    List<String> gone =
        snapshot.history().goneVirtualServers().stream().map(server -> gone(server, now)).toList();
    sentences.addAll(gone);
    List<String> concerns = concerns(services, now);
    sentences.addAll(concerns);
    List<String> failures = failures(snapshot);
    sentences.addAll(failures);
    if (down.isEmpty()) {
      sentences.addAll(rest(services));
    }
    boolean worry =
        !down.isEmpty()
            || mailFails
            || !gone.isEmpty()
            || !concerns.isEmpty()
            || !failures.isEmpty();
    Tone calm = watchable(services) ? Tone.WELL : Tone.NOTHING;
    return new Headline(worry ? Tone.ATTENTION : calm, List.copyOf(sentences));
  }

  private static boolean watchable(List<ServiceView> services) {
    return services.stream().anyMatch(service -> service.standing() != Standing.MISSING);
  }

  private static String down(ServiceView service, Instant now) {
    if (service.state().isEmpty()) {
      return "%s ran and is not installed any more.".formatted(service.name());
    }
    String state = service.state().get().name();
    if (service.stopped()) {
      return service
          .since()
          .map(
              at ->
                  "%s has been STOPPED since %s (%s)."
                      .formatted(
                          service.name(), TimeWords.time(at, now), TimeWords.lasting(at, now)))
          .orElse("%s is STOPPED and should be running.".formatted(service.name()));
    }
    return service
        .since()
        .map(
            at ->
                "%s is %s; it has not been running since %s (%s)."
                    .formatted(
                        service.name(), state, TimeWords.time(at, now), TimeWords.lasting(at, now)))
        .orElse("%s is %s.".formatted(service.name(), state));
  }

  /** With every service running, mail may still stand still. */
  private static boolean fails(MailFlow flow, List<String> sentences) {
    String is =
        switch (flow.state()) {
          case STALLED -> "Mail flow is stalled: ";
          case STUCK -> "Mail is stuck in the queues: ";
          case BOUNCING -> "Mail bounces: ";
          case FLOWING, IDLE, RETRYING, INTERRUPTED, HALTED, UNKNOWN -> "";
        };
    if (is.isEmpty()) {
      return false;
    }
    sentences.add(is + String.join(" ", flow.evidence()));
    return true;
  }

  private static String gone(GoneVirtualServer server, Instant now) {
    return "SMTPSVC was started anew without the virtual server %s, which was there until %s."
        .formatted(server.name(), TimeWords.time(server.lastListed(), now));
  }

  private static List<String> concerns(List<ServiceView> services, Instant now) {
    return services.stream()
        .sorted(MAIL_FIRST)
        .flatMap(service -> service.history().stream())
        .flatMap(service -> service.concerns().stream().map(c -> c.clause(service, now) + "."))
        .toList();
  }

  private static List<String> rest(List<ServiceView> services) {
    boolean neverRan = services.stream().anyMatch(Headline::neverRan);
    List<ServiceView> resting =
        services.stream()
            .filter(s -> s.standing() == Standing.RESTING || s.standing() == Standing.DISABLED)
            .filter(s -> !neverRan(s))
            .toList();
    List<ServiceView> paused = with(services, Standing.PAUSED);
    List<ServiceView> missing = with(services, Standing.MISSING);
    List<String> sentences = new ArrayList<>();
    if (services.isEmpty()) {
      sentences.add("No service of this host is watched.");
    } else if (resting.isEmpty() && paused.isEmpty() && missing.isEmpty() && !neverRan) {
      sentences.add("All watched services are running.");
    } else if (!neverRan && !with(services, Standing.RUNNING).isEmpty()) {
      sentences.add("All watched services that should run are running.");
    }
    if (!resting.isEmpty()) {
      sentences.add("Stopped, and not expected to run: %s.".formatted(names(resting)));
    }
    if (!paused.isEmpty()) {
      sentences.add("Paused: %s.".formatted(names(paused)));
    }
    if (!missing.isEmpty()) {
      sentences.add("Not installed: %s.".formatted(names(missing)));
    }
    return sentences;
  }

  private static boolean neverRan(ServiceView service) {
    return service.history().filter(s -> s.concerns().contains(Concern.NEVER_RAN)).isPresent();
  }

  private static List<String> failures(HostSnapshot snapshot) {
    List<String> sentences = new ArrayList<>();
    snapshot.collected().all().stream()
        .filter(reading -> reading.key() != CollectorKey.SERVICES)
        .forEach(run -> failure(run, sentences));
    return sentences;
  }

  private static void failure(Timed<?> run, List<String> sentences) {
    if (run.result() instanceof Result.Failed<?> failed && !failed.isNotReadYet()) {
      sentences.add("The collector %s failed: %s".formatted(run.key(), closed(failed.why())));
    }
  }

  private static String reason(Timed<?> run) {
    return closed(run.result().reason().orElse("no reason was given"));
  }

  private static String closed(String reason) {
    return reason.endsWith(".") ? reason : reason + ".";
  }

  private static String names(List<ServiceView> services) {
    return services.stream().map(ServiceView::name).collect(Collectors.joining(", "));
  }

  private static List<ServiceView> with(List<ServiceView> services, Standing standing) {
    return services.stream().filter(service -> service.standing() == standing).toList();
  }
}
