/** Facts on disk: append-only files of JSON lines, one for each host; see docs/journal.md. */
@NullMarked
package dev.imfexporter.journal;

import org.jspecify.annotations.NullMarked;
