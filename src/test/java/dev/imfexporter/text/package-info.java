/** Words for people: times and durations. */
@NullMarked
package dev.imfexporter.text;

import org.jspecify.annotations.NullMarked;
