/**
 * The ways to a host: ports, their values and their errors. Implementations live in the sub-rooms.
 */
@NullMarked
package dev.imfexporter.access;

import org.jspecify.annotations.NullMarked;
