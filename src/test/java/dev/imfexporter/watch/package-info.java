@NullMarked
package dev.imfexporter.watch;

import org.jspecify.annotations.NullMarked;
