/** What a host's state and history mean, told step by step to the administrator on call. */
@NullMarked
package dev.imfexporter.diagnosis;

import org.jspecify.annotations.NullMarked;
