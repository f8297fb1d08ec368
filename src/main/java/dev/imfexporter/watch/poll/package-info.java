/**
 * Runs the collectors of a host at their intervals and for scrapes, and subscribes to the states of
 * its services.
 */
@NullMarked
package dev.imfexporter.watch.poll;

import org.jspecify.annotations.NullMarked;
