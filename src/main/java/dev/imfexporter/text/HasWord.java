package dev.imfexporter.text;

import java.util.Locale;

/**
 * For enums: the word of a constant in labels, pages, messages and the configuration. A constant
 * that is renamed changes all of these.
 */
public interface HasWord {
  /** The name of the constant; every enum has this method. */
  String name();

  /** The name in lower case, e.g. {@code start_pending}. */
  default String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word in a sentence, e.g. {@code start pending}. */
  default String spaced() {
    return word().replace('_', ' ');
  }
}
