package dev.imfexporter.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
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
final class TimeBounds {
  private static final Instant EARLIEST = Instant.parse("1600-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
  private static final Duration LONGEST = Duration.ofDays(366L * 100);

  private TimeBounds() {}

  static SimpleModule module() {
    return new SimpleModule("bounds")
        .addDeserializer(Instant.class, new Instants())
        .addDeserializer(Duration.class, new Durations());
  }

  private static final class Instants extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    Instants() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      Instant at = InstantDeserializer.INSTANT.deserialize(parser, context);
      if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
        context.reportInputMismatch(Instant.class, "%s is no time of a journal", at);
      }
      return at;
    }
  }

  private static final class Durations extends StdDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    Durations() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      Duration duration = DurationDeserializer.INSTANCE.deserialize(parser, context);
      if (duration.compareTo(LONGEST) > 0 || duration.compareTo(LONGEST.negated()) < 0) {
        context.reportInputMismatch(Duration.class, "%s is no duration of a journal", duration);
      }
      return duration;
    }
  }
}
