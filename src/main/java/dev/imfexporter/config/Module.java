package dev.imfexporter.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is read from a host, and how often.
 *
 * @param services short names of the services to watch, at least one; the dependents of IISADMIN
 *     are found besides
 * @param definition whether the version of the IMF definition is read
 * @param definitionFolder where the definition's version folders lie, by the host's own path or as
 *     a share; empty to ask the host's registry
 * @param smtp whether the counters of the SMTP service are read
 * @param pollInterval between two looks at services that the host does not report by itself
 * @param definitionInterval between two looks at the definition
 * @param readingTimeout after which a reading counts as failed
 */
public record Module(
    List<String> services,
    boolean definition,
    Optional<String> definitionFolder,
    boolean smtp,
    Duration pollInterval,
    Duration definitionInterval,
    Duration readingTimeout) {

  /** IIS Admin, SMTP and the IMF definition, at the intervals that the documentation names. */
  public static final Module DEFAULT =
      new Module(
          List.of("IISADMIN", "SMTPSVC"),
          true,
          Optional.empty(),
          true,
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5));

  public Module {
    services = List.copyOf(services);
  }
}
