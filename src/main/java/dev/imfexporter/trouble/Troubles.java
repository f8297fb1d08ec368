package dev.imfexporter.trouble;

import dev.imfexporter.watch.model.HostSnapshot;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All known troubles of one host.
 *
 * @param matches one for each trouble
 */
public record Troubles(Map<Trouble, Match> matches) {

  /** A trouble that is likely. */
  public record Cause(Trouble trouble, List<String> evidence, List<String> steps) {}

  /**
   * What may come.
   *
   * @param step that keeps it from coming
   */
  public record Risk(String evidence, String step) {}

  public Troubles {
    matches = new EnumMap<>(matches);
  }

  /** Compares what is known of a host with the signature of each trouble; times are in UTC. */
  public static Troubles of(HostSnapshot snapshot) {
    return of(snapshot, ZoneOffset.UTC);
  }

  /**
   * The same.
   *
   * @param zone of the times in evidence and steps
   */
  public static Troubles of(HostSnapshot snapshot, ZoneId zone) {
    Known host = new Known(snapshot, zone);
    Map<Trouble, Match> matches = new EnumMap<>(Trouble.class);
    for (Trouble trouble : Trouble.values()) {
      matches.put(trouble, trouble.match(host));
    }
    return new Troubles(matches);
  }

  /**
   * Why {@link Trouble#AUTOMATIC_ON_2019} may come back at the next boot although mail flows now;
   * empty when nothing says so.
   *
   * @param zone of the times in the evidence
   */
  public static Optional<Risk> ofNextBoot(HostSnapshot snapshot, ZoneId zone) {
    return MailTroubles.startedTooEarlyBefore(new Known(snapshot, zone))
        .map(evidence -> new Risk(evidence, MailTroubles.START_LATER));
  }

  /** The troubles whose evidence could not be read, in the order of the constants. */
  public List<Trouble> notKnown() {
    return matches.keySet().stream()
        .filter(trouble -> matches.get(trouble) instanceof Match.NotKnown)
        .toList();
  }

  /** Those that are likely, in the order of the constants. */
  public List<Cause> likely() {
    List<Cause> causes = new ArrayList<>();
    matches.forEach(
        (trouble, match) -> {
          if (match instanceof Match.Likely likely) {
            causes.add(new Cause(trouble, likely.evidence(), likely.steps()));
          }
        });
    return causes;
  }
}
