@NullMarked
package dev.imfexporter.watch.outage;

import org.jspecify.annotations.NullMarked;
