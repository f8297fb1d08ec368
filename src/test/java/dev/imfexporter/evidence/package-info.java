@NullMarked
package dev.imfexporter.evidence;

import org.jspecify.annotations.NullMarked;
