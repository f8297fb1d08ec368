@NullMarked
package dev.imfexporter.page;

import org.jspecify.annotations.NullMarked;
