package dev.imfexporter.page;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stands in the commands of a runbook for a name that differs from host to host. */
enum Placeholder {
  /** The host, as configured. */
  HOST,
  /** The label {@code instance} of the host's series. */
  INSTANCE,
  /** The short name of the service that the alert is about. */
  SERVICE,
  /** The process that a pending service lives in. */
  PID,
  /** The machine that runs the exporter. */
  EXPORTER,
  PROMETHEUS,
  ALERTMANAGER,
  SMARTHOST,
  /** A domain that mail waits for. */
  DOMAIN,
  /** A mail exchanger of such a domain. */
  MX,
  /** An event log that the alert names. */
  LOG;

  /** In the runbooks' code, never outside of it: there, markdown would take it for HTML. */
  static final Pattern WRITTEN = Pattern.compile("<([A-Z]+)>");

  /**
   * What is filled in goes into commands that are copied to a shell, and a service's name comes
   * from the host.
   */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]*");

  static Optional<Placeholder> named(String name) {
    return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
  }

  static boolean isHarmless(String value) {
    return HARMLESS.matcher(value).matches();
  }
}
