package dev.imfexporter.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a reading ended. */
public sealed interface Result<T> {

  /** The word that labels and pages use. */
  String word();

  /** Why there is no value; empty when there is one. */
  Optional<String> reason();

  /** The value, when there is one. */
  default Optional<T> value() {
    return Optional.empty();
  }

  record Ok<T>(T read) implements Result<T> {
    @Override
    public String word() {
      return "ok";
    }

    @Override
    public Optional<String> reason() {
      return Optional.empty();
    }

    @Override
    public Optional<T> value() {
      return Optional.of(read);
    }
  }

  record Failed<T>(String why) implements Result<T> {
    @Override
    public String word() {
      return "failed";
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(why);
    }
  }

  record Unsupported<T>(String why) implements Result<T> {
    @Override
    public String word() {
      return "unsupported";
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(why);
    }
  }

  record NotApplicable<T>(String why) implements Result<T> {
    @Override
    public String word() {
      return "not_applicable";
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(why);
    }
  }

  /**
   * A result with the circumstances in which it came about.
   *
   * @param at when it ended, or was given up
   * @param took until then; zero if the host was not asked at all
   */
  record Taken<T>(Result<T> result, Instant at, Duration took) {
    /** Whether the host was asked. */
    public boolean asked() {
      return !took.isZero();
    }

    /** The value, when there is one. */
    public Optional<T> value() {
      return result.value();
    }
  }
}
