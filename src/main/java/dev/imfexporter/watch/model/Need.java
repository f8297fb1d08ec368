package dev.imfexporter.watch.model;

import dev.imfexporter.collector.CollectorKey;

/** What must be so before a collector asks its host. */
public enum Need {
  /**
   * In a scrape, the services were asked before, with or without success. Otherwise they have been
   * read since the exporter started.
   */
  SERVICES_READ,
  /** The services could be read, and SMTPSVC is RUNNING. */
  SMTP_RUNNING,
  /** The host's clock was asked for before, with or without success. */
  HOST_CLOCK;

  /** The collector that a scrape runs first; it has no needs itself. */
  public CollectorKey<?> after() {
    return switch (this) {
      case SERVICES_READ, SMTP_RUNNING -> CollectorKey.SERVICES;
      case HOST_CLOCK -> CollectorKey.HOST;
    };
  }
}
