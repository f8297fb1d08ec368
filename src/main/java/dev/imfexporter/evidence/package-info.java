/** The evidence of a host or of an episode, as an archive for the maker of a plug-in. */
@NullMarked
package dev.imfexporter.evidence;

import org.jspecify.annotations.NullMarked;
