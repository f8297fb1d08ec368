@NullMarked
package dev.imfexporter.exposition;

import org.jspecify.annotations.NullMarked;
