@NullMarked
package dev.imfexporter.access.smb.rpc;

import org.jspecify.annotations.NullMarked;
