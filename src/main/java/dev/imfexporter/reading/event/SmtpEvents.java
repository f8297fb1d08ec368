package dev.imfexporter.reading.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.reading.Meaning;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SMTP service's events that tell of a virtual server without work: 115 could not bind its
 * port, 429 has no valid queue directory.
 */
final class SmtpEvents implements Interpreter {
  private static final Pattern INSTANCE = Pattern.compile("[1-9]\\d{0,3}");

  @Override
  public boolean knows(int id) {
    return id == 115 || id == 429;
  }

  @Override
  public Optional<Meaning> meaning(EventRecord event) {
    String virtualServer =
        event.strings().stream()
            .map(String::strip)
            .filter(text -> INSTANCE.matcher(text).matches())
            .findFirst()
            .map(instance -> "SMTP " + instance)
            .orElse("");
    return Optional.of(new Meaning.BindFailed(virtualServer));
  }
}
