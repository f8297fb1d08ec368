/**
 * DCE/RPC over named pipes as Windows speaks it (MS-RPCE, C706), and one client for each of the
 * interfaces that are called: MS-SCMR, MS-RRP, MS-EVEN, MS-SRVS.
 */
@NullMarked
package dev.imfexporter.access.smb.rpc;

import org.jspecify.annotations.NullMarked;
