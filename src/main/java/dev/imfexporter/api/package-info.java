/** The JSON of {@code /api/v1} and of {@code history}: one shape for each value (docs/api.md). */
@NullMarked
package dev.imfexporter.api;

import org.jspecify.annotations.NullMarked;
