package dev.imfexporter.collector;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of the IMF's data, for example {@code 6.5.7936.0}, ordered by its numbers.
 *
 * @param text as on the host
 */
public record DefinitionVersion(String text) implements Comparable<DefinitionVersion> {
  private static final Pattern DOTTED = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){1,7}");

  /** Empty if the text is not two to eight numbers separated by dots. */
  public static Optional<DefinitionVersion> of(String text) {
    String trimmed = text.strip();
    return DOTTED.matcher(trimmed).matches()
        ? Optional.of(new DefinitionVersion(trimmed))
        : Optional.empty();
  }

  /** The third number, the only one that differs between updates; 0 if there is none. */
  public int build() {
    int[] numbers = numbers();
    return numbers.length > 2 ? numbers[2] : 0;
  }

  @Override
  public int compareTo(DefinitionVersion other) {
    return Arrays.compare(numbers(), other.numbers());
  }

  private int[] numbers() {
    return Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }
}
