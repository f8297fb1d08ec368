package dev.imfexporter.reading;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of the IMF's data such as {@code 6.5.7936.0}, ordered by its numbers, not as text.
 *
 * @param text as the host spells it
 */
public record DefinitionVersion(String text) implements Comparable<DefinitionVersion> {
  private static final Pattern DOTTED = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){1,7}");

  /** Empty when the text is not numbers parted by dots. */
  public static Optional<DefinitionVersion> of(String text) {
    String trimmed = text.strip();
    return DOTTED.matcher(trimmed).matches()
        ? Optional.of(new DefinitionVersion(trimmed))
        : Optional.empty();
  }

  /** The third number, which alone changes from update to update; 0 when there is none. */
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
