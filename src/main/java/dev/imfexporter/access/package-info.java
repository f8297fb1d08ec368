/** The ports to a host, their values and their errors. The sub-rooms implement the ports. */
@NullMarked
package dev.imfexporter.access;

import org.jspecify.annotations.NullMarked;
