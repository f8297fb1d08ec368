package dev.imfexporter.collector.event;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Updates that come daily, restart nothing, and are no markers.
 *
 * @param patterns searched for in an update's title
 */
public record RoutineUpdates(List<Pattern> patterns) {

  /**
   * Definitions and platforms of Windows' own security software, by their titles in English and by
   * their KB numbers, which the title has in every language; and apps of the Store, whose titles
   * begin with the product id.
   */
  public static final RoutineUpdates SHIPPED =
      new RoutineUpdates(
          List.of(
              Pattern.compile("\\bSecurity Intelligence Update\\b", Pattern.CASE_INSENSITIVE),
              Pattern.compile(
                  "\\bDefinition Update for (?:Windows Defender"
                      + "|Microsoft (?:Defender|Security Essentials|Endpoint Protection|Forefront)"
                      + "|System Center|Forefront)",
                  Pattern.CASE_INSENSITIVE),
              Pattern.compile(
                  "\\bKB(?:"
                      + "2267602|915597" // Defender's definitions
                      + "|2310138" // of Security Essentials
                      + "|2461484" // of Forefront and System Center Endpoint Protection
                      + "|4052623" // Defender's platform: monthly, and restarts only itself
                      + "|5007651" // the platform of Windows Security
                      + ")\\b",
                  Pattern.CASE_INSENSITIVE),
              Pattern.compile("^\\s*9[0-9A-Z]{11}-\\w")));

  public RoutineUpdates {
    patterns = List.copyOf(patterns);
  }

  /** Whether every line of the title matches: some events have several updates. */
  boolean all(String title) {
    return title.lines().filter(line -> !line.isBlank()).allMatch(this::one);
  }

  private boolean one(String title) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(title).find());
  }
}
