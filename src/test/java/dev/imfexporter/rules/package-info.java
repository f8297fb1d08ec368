@NullMarked
package dev.imfexporter.rules;

import org.jspecify.annotations.NullMarked;
