package dev.imfexporter.cli;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer over HTTP, whole.
 *
 * @param status -1 when what came was no HTTP
 * @param type of the content, without its parameters, in lower case; "" when none was named
 * @param location where the client is sent instead
 * @param body only its beginning when it is {@code tooLong}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpAnswer(
    int status, String type, Optional<String> location, byte[] body, boolean tooLong) {
  HttpAnswer {
    type = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
