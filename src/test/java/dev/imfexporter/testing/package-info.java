/** Builders of the values that tests of several rooms need. */
@NullMarked
package dev.imfexporter.testing;

import org.jspecify.annotations.NullMarked;
