@NullMarked
package dev.imfexporter.watch.eventlog;

import org.jspecify.annotations.NullMarked;
