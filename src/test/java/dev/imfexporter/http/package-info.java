@NullMarked
package dev.imfexporter.http;

import org.jspecify.annotations.NullMarked;
