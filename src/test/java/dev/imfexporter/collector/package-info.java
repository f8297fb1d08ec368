@NullMarked
package dev.imfexporter.collector;

import org.jspecify.annotations.NullMarked;
