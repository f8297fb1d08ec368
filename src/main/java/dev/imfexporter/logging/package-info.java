/** The log: one line for each record, in logfmt or JSON, on standard error. */
@NullMarked
package dev.imfexporter.logging;

import org.jspecify.annotations.NullMarked;
