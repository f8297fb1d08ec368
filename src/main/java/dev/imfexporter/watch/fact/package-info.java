@NullMarked
package dev.imfexporter.watch.fact;

import org.jspecify.annotations.NullMarked;
