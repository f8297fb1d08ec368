package dev.imfexporter.rules;

import org.jspecify.annotations.Nullable;

/** What an alert is about, which decides where its links lead. */
enum Subject {
  HOST,
  EXPORTER,
  /** The updates of all hosts, which only an exporter of many hosts judges. */
  UPDATES,
  NOTHING;

  static Subject of(@Nullable String alert, String incidentRank, String summary) {
    if (alert == null || !summary.contains("$labels.instance")) {
      return NOTHING;
    }
    return switch (alert) {
      case "ImfUpdateRolloutStop" -> UPDATES;
      // Its rank is the lowest number, because it mutes what else is known of the host.
      case "ImfExporterUnreachable" -> EXPORTER;
      default -> incidentRank.equals("exporter") ? EXPORTER : HOST;
    };
  }
}
