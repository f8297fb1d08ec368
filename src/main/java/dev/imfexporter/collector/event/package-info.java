/** The reading of the event logs: the position in each log, and the decoding of events. */
@NullMarked
package dev.imfexporter.collector.event;

import org.jspecify.annotations.NullMarked;
