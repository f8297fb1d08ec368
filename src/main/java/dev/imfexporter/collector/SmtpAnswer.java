package dev.imfexporter.collector;

import java.util.Optional;

/** What SMTP answered a client. That it does not answer is a value too, and no failed reading. */
public sealed interface SmtpAnswer permits Banner, Dialogues {

  /** Why SMTP does not answer as it should, as a sentence; empty if it does. */
  Optional<String> failure();
}
