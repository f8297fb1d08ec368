package dev.imfexporter.config;

/**
 * A host to watch.
 *
 * @param name also the machine's network name where the access needs one
 */
public record HostConfig(String name, Access access, Module module) {}
