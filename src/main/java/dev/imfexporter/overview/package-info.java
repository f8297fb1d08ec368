/** What is so on all hosts together: the state of each, and what updates did to them. */
@NullMarked
package dev.imfexporter.overview;

import org.jspecify.annotations.NullMarked;
