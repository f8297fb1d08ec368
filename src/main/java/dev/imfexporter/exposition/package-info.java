/** Makes metric families of the snapshot of a host and of the program itself, and renders them. */
@NullMarked
package dev.imfexporter.exposition;

import org.jspecify.annotations.NullMarked;
