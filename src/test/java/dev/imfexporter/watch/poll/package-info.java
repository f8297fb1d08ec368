@NullMarked
package dev.imfexporter.watch.poll;

import org.jspecify.annotations.NullMarked;
