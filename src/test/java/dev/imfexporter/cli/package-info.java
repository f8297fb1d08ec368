/** Tests of the command line and the log. */
@NullMarked
package dev.imfexporter.cli;

import org.jspecify.annotations.NullMarked;
