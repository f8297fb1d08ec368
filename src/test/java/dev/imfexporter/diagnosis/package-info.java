@NullMarked
package dev.imfexporter.diagnosis;

import org.jspecify.annotations.NullMarked;
