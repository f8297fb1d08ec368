/** Tests of the fleet. */
@NullMarked
package dev.imfexporter.fleet;

import org.jspecify.annotations.NullMarked;
