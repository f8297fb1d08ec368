@NullMarked
package dev.imfexporter.reading;

import org.jspecify.annotations.NullMarked;
