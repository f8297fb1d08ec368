package dev.imfexporter.watch.model;

/**
 * Identifies an outage on its host, from its begin on, also over restarts of the program.
 *
 * @param number unique among the outages of the service; greater for later ones as a rule, not
 *     contiguous. 0 in a journal of the former format for an outage of an episode that was open
 */
public record OutageId(String service, long number) {}
