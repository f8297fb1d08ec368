/** Tests of the journal. */
@NullMarked
package dev.imfexporter.journal;

import org.jspecify.annotations.NullMarked;
