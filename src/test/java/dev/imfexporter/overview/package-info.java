@NullMarked
package dev.imfexporter.overview;

import org.jspecify.annotations.NullMarked;
