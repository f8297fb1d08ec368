/** The HTTP server: routes, their limits and answers. */
@NullMarked
package dev.imfexporter.http;

import org.jspecify.annotations.NullMarked;
