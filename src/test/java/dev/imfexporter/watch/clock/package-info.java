@NullMarked
package dev.imfexporter.watch.clock;

import org.jspecify.annotations.NullMarked;
