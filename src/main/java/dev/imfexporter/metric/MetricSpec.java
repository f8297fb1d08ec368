package dev.imfexporter.metric;

import dev.imfexporter.text.HasMeaning;
import dev.imfexporter.text.HasWord;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is promised of one metric.
 *
 * @param name as Prometheus stores it; that of a summary is without {@code _sum} and {@code _count}
 * @param help one sentence that names the unit and what absence means where it matters
 * @param origin where on Windows the value comes from
 */
public record MetricSpec(
    String name, MetricType type, String help, List<Label> labels, String origin) {
  public MetricSpec {
    labels = List.copyOf(labels);
    if (type == MetricType.COUNTER != name.endsWith("_total")) {
      throw new IllegalArgumentException(name + ": _total belongs to counters, and only to them");
    }
  }

  /** The text of the HELP line. */
  public String helpAndOrigin() {
    return help + " (" + origin + ")";
  }

  /**
   * A label of a metric.
   *
   * @param values all that there can be, in their order; empty when they come from the host
   * @param meanings of the values, by value; empty if the values need none
   */
  public record Label(String name, List<String> values, Map<String, String> meanings) {
    public Label {
      values = List.copyOf(values);
      meanings = Map.copyOf(meanings);
    }

    Label(String name, List<String> values) {
      this(name, values, Map.of());
    }

    /** A label whose values are the words of an enum. */
    static <E extends Enum<E> & HasWord> Label of(String name, Class<E> values) {
      return of(name, Arrays.asList(values.getEnumConstants()));
    }

    static Label of(String name, Collection<? extends HasWord> values) {
      Map<String, String> meanings =
          values.stream()
              .filter(HasMeaning.class::isInstance)
              .map(HasMeaning.class::cast)
              .collect(Collectors.toMap(HasMeaning::word, HasMeaning::meaning));
      return new Label(name, values.stream().map(HasWord::word).toList(), meanings);
    }

    /** A label with values that stand in no enum. */
    static Label of(String name, String... values) {
      return new Label(name, List.of(values));
    }

    /** A label whose values come from the host or its configuration. */
    static Label free(String name) {
      return new Label(name, List.of());
    }

    /** The same with a value for what the enum does not have, e.g. a service that is missing. */
    Label or(String value) {
      return new Label(name, Stream.concat(values.stream(), Stream.of(value)).toList(), meanings);
    }

    /** Whether a sample may have this value. */
    public boolean allows(String value) {
      return values.isEmpty() || values.contains(value);
    }
  }
}
