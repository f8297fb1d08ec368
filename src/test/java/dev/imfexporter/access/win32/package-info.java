/** Tests that run on Windows, or in the Windows JVM of the test bed. */
@NullMarked
package dev.imfexporter.access.win32;

import org.jspecify.annotations.NullMarked;
