/** Whether mail will come back after the next update or reboot, check by check. Pure. */
@NullMarked
package dev.imfexporter.preflight;

import org.jspecify.annotations.NullMarked;
