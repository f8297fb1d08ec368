@NullMarked
package dev.imfexporter.api;

import org.jspecify.annotations.NullMarked;
