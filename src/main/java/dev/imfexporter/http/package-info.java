/** The HTTP server: metrics, health and the pages. */
@NullMarked
package dev.imfexporter.http;

import org.jspecify.annotations.NullMarked;
