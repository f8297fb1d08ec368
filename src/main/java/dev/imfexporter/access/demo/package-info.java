/** A demo host that plays a story, through the same ports as a real one. */
@NullMarked
package dev.imfexporter.access.demo;

import org.jspecify.annotations.NullMarked;
