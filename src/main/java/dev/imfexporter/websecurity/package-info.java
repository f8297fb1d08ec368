/** TLS, log-in, headers and rate limit of the HTTP server, without the server. */
@NullMarked
package dev.imfexporter.websecurity;

import org.jspecify.annotations.NullMarked;
