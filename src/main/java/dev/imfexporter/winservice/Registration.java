package dev.imfexporter.winservice;

import java.time.Duration;
import java.util.List;

/**
 * What the Service Control Manager is given.
 *
 * @param command the program and its arguments
 * @param account {@link #OWN_ACCOUNT} or {@link #LOCAL_SYSTEM}, which have no password
 */
public record Registration(List<String> command, String account) {
  /** The name of the service, in {@code sc.exe query} and in the registry. */
  public static final String NAME = "imf-exporter";

  public static final String DISPLAY_NAME = "imf-exporter (IIS SMTP for Prometheus)";

  public static final String DESCRIPTION =
      "Shows Prometheus the state of IIS Admin and SMTP, how long their restarts take, and what"
          + " updates did to the flow of mail.";

  /** The account that Windows makes for the service, and that has no password. */
  public static final String OWN_ACCOUNT = "NT SERVICE\\" + NAME;

  /** The account of Windows itself, which has all rights on the machine. */
  public static final String LOCAL_SYSTEM = "LocalSystem";

  /** How long the SCM waits before it starts the service again: first, second, later failures. */
  static final List<Duration> RESTARTS =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60));

  /** Without a failure for so long, the next failure is the first one again. */
  static final Duration FAILURES_FORGOTTEN = Duration.ofDays(1);

  public Registration {
    command = List.copyOf(command);
  }
}
