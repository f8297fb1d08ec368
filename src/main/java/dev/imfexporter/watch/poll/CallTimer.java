package dev.imfexporter.watch.poll;

import dev.imfexporter.collector.Timed;

/** Is called at the end of every run of a collector, on the thread that ran it. */
@FunctionalInterface
public interface CallTimer {
  void ended(Timed<?> run);
}
