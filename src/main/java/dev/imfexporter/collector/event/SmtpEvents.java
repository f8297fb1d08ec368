package dev.imfexporter.collector.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.collector.Meaning;
import java.util.Optional;
import java.util.regex.Pattern;

/** Events of the SMTP service about a virtual server that cannot work. */
final class SmtpEvents {
  private static final Pattern INSTANCE = Pattern.compile("[1-9]\\d{0,3}");

  private SmtpEvents() {}

  /** 115: its port could not be bound; 429: it has no valid queue directory. */
  static Optional<Meaning> bindFailed(EventRecord event) {
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
