/** The reading of the event logs: the position in each log, and the decoding of events. */
@NullMarked
package dev.imfexporter.reading.event;

import org.jspecify.annotations.NullMarked;
