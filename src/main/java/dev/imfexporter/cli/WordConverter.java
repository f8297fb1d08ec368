package dev.imfexporter.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a constant of an enum by its word, the one that the help lists; case does not matter.
 *
 * @param <E> an enum whose {@code toString} is the word
 */
final class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {
  private final List<E> constants;

  WordConverter(Class<E> type) {
    constants = List.of(type.getEnumConstants());
  }

  @Override
  public E convert(String text) {
    return constants.stream()
        .filter(constant -> constant.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException("expected %s, found \"%s\"".formatted(words(), text)));
  }

  /** Such as {@code debug, info, warn or error}. */
  private String words() {
    String[] words = constants.stream().map(Object::toString).toArray(String[]::new);
    int last = words.length - 1;
    return String.join(", ", Arrays.copyOf(words, last)) + " or " + words[last];
  }
}
