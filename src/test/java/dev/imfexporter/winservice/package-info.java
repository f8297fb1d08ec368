@NullMarked
package dev.imfexporter.winservice;

import org.jspecify.annotations.NullMarked;
