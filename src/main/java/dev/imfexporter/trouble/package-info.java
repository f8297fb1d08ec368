/** Troubles that are known of IIS SMTP, and which of them a host seems to have. Pure. */
@NullMarked
package dev.imfexporter.trouble;

import org.jspecify.annotations.NullMarked;
