@NullMarked
package dev.imfexporter.trouble;

import org.jspecify.annotations.NullMarked;
