package dev.imfexporter.http;

import dev.imfexporter.text.HasWord;
import dev.imfexporter.text.Listing;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The query parameters of a request, each of them known, given once and checked. */
final class Parameters {
  private static final int LONGEST = 253;

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * @param known in the order in which a sentence names them; the last two are joined by "and"
   */
  static Parameters of(Context request, String... known) {
    Map<String, List<String>> values = request.queryParamMap();
    values.forEach((name, given) -> check(name, given, List.of(known)));
    return new Parameters(values);
  }

  private static void check(String name, List<String> given, List<String> known) {
    if (!known.contains(name)) {
      throw new BadParameter(
          known.isEmpty()
              ? "No parameter is understood here."
              : "Only %s understood here.".formatted(listed(known)));
    }
    if (given.size() != 1) {
      throw new BadParameter(name + " is given more than once; give it once.");
    }
    if (given.get(0).length() > LONGEST) {
      throw new BadParameter("%s is longer than %d characters.".formatted(name, LONGEST));
    }
  }

  private static String listed(List<String> names) {
    return Listing.all(names) + (names.size() == 1 ? " is" : " are");
  }

  /** "" when it is left out. */
  String text(String name) {
    return given(name).orElse("");
  }

  /** Empty when it is left out or empty. */
  Optional<String> given(String name) {
    return Optional.ofNullable(values.get(name)).map(all -> all.get(0)).filter(v -> !v.isEmpty());
  }

  /** A whole number from 1. */
  int number(String name, int otherwise, int most) {
    return given(name).map(value -> number(name, value, most)).orElse(otherwise);
  }

  private static int number(String name, String value, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As a number out of range.
    }
    throw new BadParameter("%s takes a whole number from 1 to %d.".formatted(name, most));
  }

  <E extends Enum<E> & HasWord> Optional<E> word(String name, Class<E> type) {
    return given(name).map(value -> word(name, value, type));
  }

  private static <E extends Enum<E> & HasWord> E word(String name, String value, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.word().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameter(
                    Arrays.stream(type.getEnumConstants())
                        .map(HasWord::word)
                        .collect(Collectors.joining(", ", name + " takes one of ", "."))));
  }
}
