/** The alert rules that ship, changed for a site: selector, labels, limits, links. */
@NullMarked
package dev.imfexporter.rules;

import org.jspecify.annotations.NullMarked;
