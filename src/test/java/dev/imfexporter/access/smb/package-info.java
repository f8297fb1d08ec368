@NullMarked
package dev.imfexporter.access.smb;

import org.jspecify.annotations.NullMarked;
