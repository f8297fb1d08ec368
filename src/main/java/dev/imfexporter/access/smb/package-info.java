/**
 * Another Windows machine through MS-RPC over SMB named pipes, from any operating system. The only
 * room that uses smbj and jcifs.
 */
@NullMarked
package dev.imfexporter.access.smb;

import org.jspecify.annotations.NullMarked;
