@NullMarked
package dev.imfexporter.metric;

import org.jspecify.annotations.NullMarked;
