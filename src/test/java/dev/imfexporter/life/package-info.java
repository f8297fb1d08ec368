/**
 * What truly happens on a host in a month, what the sources see of it, and what must be known of it
 * in the end. Nothing here uses the product's ledgers.
 */
@NullMarked
package dev.imfexporter.life;

import org.jspecify.annotations.NullMarked;
