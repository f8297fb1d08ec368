package dev.imfexporter.collector;

/** What an event tells of the cause of a trouble. */
public enum Clue {
  /** The next hop refused the log-in of the SMTP service. */
  LOGIN_REFUSED,
  /** The SMTP service got no answer from the DNS of the host. */
  DNS_FAILED,
  /** Messages to a host or a domain were not delivered, for another reason. */
  DELIVERY_FAILED,
  /** A virtual server could not bind its port. */
  PORT_TAKEN,
  /** The performance counters of the SMTP service could not be loaded, or were disabled. */
  COUNTERS_FAILED,
  /** A disk is full, or nearly so. */
  DISK_FULL
}
