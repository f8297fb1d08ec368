package dev.imfexporter.config;

import java.util.Comparator;
import java.util.function.Predicate;

/**
 * What a list may hold.
 *
 * @param items what they are, in the plural
 * @param item what each has to be, for a sentence
 * @param order which items are the same
 */
record ListOf(
    int least,
    int most,
    String items,
    String item,
    Predicate<String> format,
    Comparator<String> order) {}
