/** The strict configuration file and what is read from it. */
@NullMarked
package dev.imfexporter.config;

import org.jspecify.annotations.NullMarked;
