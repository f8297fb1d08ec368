package dev.imfexporter.preflight;

import dev.imfexporter.text.Sentence;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Whether mail on a host will come back after the next update or reboot.
 *
 * @param verdict the worst of the checks; {@link Verdict#NOT_KNOWN} only when the services could
 *     not be read, and what else is not known does not count
 * @param headline one sentence
 * @param checks one for each item, in the order of the items
 * @param notLookedAt what an administrator has to look at by other means
 */
public record Preflight(
    String host, Verdict verdict, String headline, List<Check> checks, List<String> notLookedAt) {
  /** Nothing reads these from a host yet. */
  private static final List<String> ELSEWHERE =
      List.of(
          "free space on the disks of Windows and of the message stores",
          "the sizes of the event logs",
          "a backup of the IIS configuration and of the host");

  public Preflight {
    checks = List.copyOf(checks);
    notLookedAt = List.copyOf(notLookedAt);
  }

  /** Checks a host by what is known of it; times are in UTC. */
  public static Preflight of(HostSnapshot snapshot, Instant now) {
    return of(snapshot, TimeView.utc(now));
  }

  /** The same, with times as the view has them. */
  public static Preflight of(HostSnapshot snapshot, TimeView time) {
    Outlook host = new Outlook(snapshot, time);
    List<Check> checks = Arrays.stream(Item.values()).map(item -> item.of(host)).toList();
    Verdict verdict = snapshot.up() ? worst(checks) : Verdict.NOT_KNOWN;
    return new Preflight(
        snapshot.name(), verdict, headline(snapshot.name(), verdict, checks), checks, ELSEWHERE);
  }

  /**
   * Of a host of which nothing was read.
   *
   * @param why a sentence, with or without its full stop
   */
  public static Preflight unreadable(String host, String why) {
    List<Check> checks =
        Arrays.stream(Item.values())
            .map(item -> new Answer().notKnown(Sentence.closed(why)).of(item))
            .toList();
    return new Preflight(
        host, Verdict.NOT_KNOWN, headline(host, Verdict.NOT_KNOWN, checks), checks, ELSEWHERE);
  }

  /**
   * The checks for people, the worst first. Of a host that cannot be read, the one that says why:
   * the others would repeat it.
   */
  public List<Check> worstFirst() {
    return checks.stream()
        .filter(check -> verdict != Verdict.NOT_KNOWN || check.item() == Item.RUNNING_NOW)
        .sorted(Comparator.comparing(Check::verdict).reversed())
        .toList();
  }

  private static Verdict worst(List<Check> checks) {
    return checks.stream()
        .map(Check::verdict)
        .filter(verdict -> verdict != Verdict.NOT_KNOWN)
        .max(Comparator.naturalOrder())
        .orElse(Verdict.OK);
  }

  private static String headline(String host, Verdict verdict, List<Check> checks) {
    long unknown = count(checks, Verdict.NOT_KNOWN);
    String also =
        unknown == 0
            ? ""
            : "; %s not known".formatted(Sentences.count(unknown, "check is", "checks are"));
    return switch (verdict) {
      case OK ->
          "%s is ready for an update or a reboot: nothing that was read speaks against it%s."
              .formatted(host, also);
      case WARNING ->
          "%s may be restarted, with %s%s."
              .formatted(
                  host, Sentences.count(count(checks, verdict), "warning", "warnings"), also);
      case PROBLEM ->
          "%s is not ready for an update or a reboot: %s%s%s."
              .formatted(
                  host,
                  Sentences.count(count(checks, verdict), "problem", "problems"),
                  warnings(count(checks, Verdict.WARNING)),
                  also);
      case NOT_KNOWN -> host + " cannot be read: whether mail will come back is not known.";
    };
  }

  private static String warnings(long warnings) {
    return warnings == 0 ? "" : " and " + Sentences.count(warnings, "warning", "warnings");
  }

  private static long count(List<Check> checks, Verdict verdict) {
    return checks.stream().filter(check -> check.verdict() == verdict).count();
  }
}
