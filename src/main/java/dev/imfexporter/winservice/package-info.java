/** The exporter as a Windows service: how it is installed, and how it runs as one. */
@NullMarked
package dev.imfexporter.winservice;

import org.jspecify.annotations.NullMarked;
