package dev.imfexporter.collector;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.text.HasWord;
import java.util.Optional;

/** How a run of a collector ended. */
public sealed interface Result<T> {

  record Ok<T>(T read) implements Result<T> {}

  /**
   * The value could not be read.
   *
   * @param why a sentence that says what to do about it
   * @param error its category
   */
  record Failed<T>(String why, ErrorReason error) implements Result<T> {}

  /**
   * The collector has not run since the exporter began to watch the host, which is no failure of
   * the host. Metrics count it as failed: a scrape that could not wait for it has no value.
   */
  record NotReadYet<T>() implements Result<T> {}

  /** This access or this version of Windows cannot do it. */
  record Unsupported<T>(String why) implements Result<T> {}

  /** The host has nothing of the kind now, or the configuration switches the collector off. */
  record NotApplicable<T>(String why) implements Result<T> {}

  /** Which it is; what was {@link NotReadYet} is {@link #FAILED}. */
  enum Kind implements HasWord {
    OK,
    FAILED,
    UNSUPPORTED,
    NOT_APPLICABLE
  }

  /** The word of its kind. */
  default String word() {
    return kind().word();
  }

  private Kind kind() {
    if (this instanceof Ok) {
      return Kind.OK;
    }
    if (this instanceof Failed || this instanceof NotReadYet) {
      return Kind.FAILED;
    }
    return this instanceof Unsupported ? Kind.UNSUPPORTED : Kind.NOT_APPLICABLE;
  }

  /** The value, if there is one. */
  default Optional<T> value() {
    return this instanceof Ok<T> ok ? Optional.of(ok.read()) : Optional.empty();
  }

  /** Why there is no value, or what the value lacks; empty for a complete value. */
  default Optional<String> reason() {
    if (this instanceof Failed<T> failed) {
      return Optional.of(failed.why());
    }
    if (this instanceof NotReadYet) {
      return Optional.of("Not read yet");
    }
    if (this instanceof Unsupported<T> unsupported) {
      return Optional.of(unsupported.why());
    }
    if (this instanceof NotApplicable<T> none) {
      return Optional.of(none.why());
    }
    return value()
        .flatMap(read -> read instanceof Partial part ? part.missing() : Optional.empty());
  }

  /** The category of the failure of the whole or of a part; empty if nothing failed. */
  default Optional<ErrorReason> errorReason() {
    if (this instanceof Failed<T> failed) {
      return Optional.of(failed.error());
    }
    if (this instanceof NotReadYet) {
      return Optional.of(ErrorReason.OTHER);
    }
    return value()
        .flatMap(read -> read instanceof Partial part ? part.errorReason() : Optional.empty());
  }
}
