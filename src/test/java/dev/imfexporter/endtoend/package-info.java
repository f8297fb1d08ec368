/** The packaged program in a Windows JVM, watched by a real Prometheus and Alertmanager. */
@NullMarked
package dev.imfexporter.endtoend;

import org.jspecify.annotations.NullMarked;
