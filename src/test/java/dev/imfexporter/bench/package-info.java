/** Benchmarks of single parts with JMH, run by {@code bin/bench --micro}. */
@NullMarked
package dev.imfexporter.bench;

import org.jspecify.annotations.NullMarked;
