/** Tests of the configuration. */
@NullMarked
package dev.imfexporter.config;

import org.jspecify.annotations.NullMarked;
