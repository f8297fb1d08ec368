/** The command line; wiring only. */
@NullMarked
package dev.imfexporter.cli;

import org.jspecify.annotations.NullMarked;
