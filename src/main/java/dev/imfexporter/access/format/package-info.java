/** Pure decoders of Windows' binary formats: bytes in, records out, every length checked. */
@NullMarked
package dev.imfexporter.access.format;

import org.jspecify.annotations.NullMarked;
