/** The Win32 side of the ports, through JNA. The only room that may name com.sun.jna. */
@NullMarked
package dev.imfexporter.access.win32;

import org.jspecify.annotations.NullMarked;
