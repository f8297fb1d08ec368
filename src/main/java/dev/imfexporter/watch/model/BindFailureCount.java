package dev.imfexporter.watch.model;

/** How often a virtual server could not bind or start. */
public record BindFailureCount(String virtualServer, long count) {}
