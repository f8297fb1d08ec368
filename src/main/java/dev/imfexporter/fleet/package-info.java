/** The hosts of the configuration: how each is reached, read and kept, and how a reload works. */
@NullMarked
package dev.imfexporter.fleet;

import org.jspecify.annotations.NullMarked;
