/** The readings of a host: thin acquisition, pure parsing, immutable values. */
@NullMarked
package dev.imfexporter.reading;

import org.jspecify.annotations.NullMarked;
