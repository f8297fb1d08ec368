/** Turns what was read and what happened into metric families, fresh for every scrape. */
@NullMarked
package dev.imfexporter.exposition;

import org.jspecify.annotations.NullMarked;
