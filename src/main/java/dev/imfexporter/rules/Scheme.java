package dev.imfexporter.rules;

import java.util.Locale;

/**
 * How browsers reach an exporter by its label {@code instance}. Prometheus' own scheme is no label
 * of the series, so that no rule can find out.
 */
public enum Scheme {
  HTTP,
  HTTPS;

  /** The start page of the exporter, as a template of Prometheus, with a slash at its end. */
  String page() {
    return this + "://{{ $labels.instance }}/";
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
