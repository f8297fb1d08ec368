@NullMarked
package dev.imfexporter.watch.episode;

import org.jspecify.annotations.NullMarked;
