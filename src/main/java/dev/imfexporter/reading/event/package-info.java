/** The event logs: where to read on, and what each event says. */
@NullMarked
package dev.imfexporter.reading.event;

import org.jspecify.annotations.NullMarked;
