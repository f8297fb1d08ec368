package dev.imfexporter.reading;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;

/**
 * One thing read from a host in one go. A reading blocks and is never asked twice at the same time;
 * deadline, timing and what becomes of a failure are the caller's.
 */
public interface Reading<T> {

  ReadingName name();

  T take(HostAccess host) throws AccessException, NotApplicable;
}
