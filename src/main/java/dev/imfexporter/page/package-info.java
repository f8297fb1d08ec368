/** The pages: HTML of a host and of all hosts, made of snapshots alone. */
@NullMarked
package dev.imfexporter.page;

import org.jspecify.annotations.NullMarked;
