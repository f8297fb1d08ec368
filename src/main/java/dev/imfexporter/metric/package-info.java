/** The catalogue of the metrics of this program, as pure data. */
@NullMarked
package dev.imfexporter.metric;

import org.jspecify.annotations.NullMarked;
