/** TLS, log-in and rate limit, without a server. */
@NullMarked
package dev.imfexporter.websecurity;

import org.jspecify.annotations.NullMarked;
