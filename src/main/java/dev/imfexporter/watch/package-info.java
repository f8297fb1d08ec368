/** What happened: the owner of a host, its outages, restarts and update markers. */
@NullMarked
package dev.imfexporter.watch;

import org.jspecify.annotations.NullMarked;
