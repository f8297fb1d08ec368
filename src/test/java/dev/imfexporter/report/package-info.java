@NullMarked
package dev.imfexporter.report;

import org.jspecify.annotations.NullMarked;
