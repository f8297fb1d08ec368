/** The JSON of a diagnosis and of a preflight, which exporter and commands write and read. */
@NullMarked
package dev.imfexporter.report;

import org.jspecify.annotations.NullMarked;
