/** Words: of times and durations, and of the constants of enums. */
@NullMarked
package dev.imfexporter.text;

import org.jspecify.annotations.NullMarked;
