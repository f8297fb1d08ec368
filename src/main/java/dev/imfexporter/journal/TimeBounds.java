package dev.imfexporter.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.DurationDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Refuses times and durations with which no arithmetic is safe. The first time that Windows knows,
 * the begin of 1601, is within the bounds.
 */
final class TimeBounds<T extends Comparable<? super T>> extends StdDeserializer<T> {
  private static final long serialVersionUID = 1L;

  private final transient JsonDeserializer<T> plain;
  private final transient T least;
  private final transient T most;

  private TimeBounds(Class<T> type, JsonDeserializer<T> plain, T least, T most) {
    super(type);
    this.plain = plain;
    this.least = least;
    this.most = most;
  }

  static SimpleModule module() {
    Duration longest = Duration.ofDays(366L * 100);
    return new SimpleModule("bounds")
        .addDeserializer(
            Instant.class,
            new TimeBounds<>(
                Instant.class,
                InstantDeserializer.INSTANT,
                Instant.parse("1600-01-01T00:00:00Z"),
                Instant.parse("2200-01-01T00:00:00Z")))
        .addDeserializer(
            Duration.class,
            new TimeBounds<>(
                Duration.class, DurationDeserializer.INSTANCE, longest.negated(), longest));
  }

  @Override
  public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    T value = plain.deserialize(parser, context);
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      context.reportInputMismatch(this, "%s is out of the bounds of a journal", value);
    }
    return value;
  }
}
