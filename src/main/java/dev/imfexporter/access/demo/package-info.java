/** A host that plays a story from a script, through the same ports as a real one. */
@NullMarked
package dev.imfexporter.access.demo;

import org.jspecify.annotations.NullMarked;
