/** Tests of the command line. */
@NullMarked
package dev.imfexporter.cli;

import org.jspecify.annotations.NullMarked;
