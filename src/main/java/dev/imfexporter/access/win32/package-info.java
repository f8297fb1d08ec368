/** The ports through Win32 calls by JNA. The only room that may import com.sun.jna. */
@NullMarked
package dev.imfexporter.access.win32;

import org.jspecify.annotations.NullMarked;
