/** Tests that concern the program as a whole. */
@NullMarked
package dev.imfexporter;

import org.jspecify.annotations.NullMarked;
