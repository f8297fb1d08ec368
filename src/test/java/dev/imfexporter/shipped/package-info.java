/**
 * Tests of the files that are shipped beside the program: dashboards and alert rules.
 *
 * <p>They hold what such files lose first when the program moves on: every metric and label that a
 * query names must exist.
 */
@NullMarked
package dev.imfexporter.shipped;

import org.jspecify.annotations.NullMarked;
