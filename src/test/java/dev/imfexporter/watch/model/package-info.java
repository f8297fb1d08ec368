@NullMarked
package dev.imfexporter.watch.model;

import org.jspecify.annotations.NullMarked;
