/** The readings of a host: thin acquisition, pure parsing, immutable values. */
@NullMarked
package dev.imfexporter.collector;

import org.jspecify.annotations.NullMarked;
