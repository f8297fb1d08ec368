/**
 * The Windows test bed as tests see it: stand-in services, performance data, registry and faults.
 * {@code src/test/bed/README.md} says what stands in for what.
 */
@NullMarked
package dev.imfexporter.bed;

import org.jspecify.annotations.NullMarked;
