package dev.imfexporter.watch.poll;

import dev.imfexporter.collector.Timed;

/**
 * Is called at the end of every run of a collector, on the thread that ran it, and before that when
 * one takes longer than the timeout. A run that then fails is not reported again.
 */
@FunctionalInterface
public interface CallTimer {
  void ended(Timed<?> run);
}
