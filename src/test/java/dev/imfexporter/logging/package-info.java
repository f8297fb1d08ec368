/** Tests of the log. */
@NullMarked
package dev.imfexporter.logging;

import org.jspecify.annotations.NullMarked;
