/** What is read from a host in one go: thin acquisition, pure parsing, immutable values. */
@NullMarked
package dev.imfexporter.reading;

import org.jspecify.annotations.NullMarked;
