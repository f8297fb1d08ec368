/** Words: of times and durations, of the constants of enums, and names in commands. */
@NullMarked
package dev.imfexporter.text;

import org.jspecify.annotations.NullMarked;
