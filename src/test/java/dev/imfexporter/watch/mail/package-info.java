@NullMarked
package dev.imfexporter.watch.mail;

import org.jspecify.annotations.NullMarked;
