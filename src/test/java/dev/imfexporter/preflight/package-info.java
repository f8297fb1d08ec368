@NullMarked
package dev.imfexporter.preflight;

import org.jspecify.annotations.NullMarked;
