package dev.imfexporter.collector;

import java.util.List;
import java.util.Optional;

/** What SMTP answered at the address of each virtual server that the configuration lists. */
public record Dialogues(List<Dialogue> all) implements SmtpAnswer {
  public Dialogues {
    all = List.copyOf(all);
  }

  /** Why the first that ended early did; empty if all are complete. */
  @Override
  public Optional<String> failure() {
    return all.stream().flatMap(dialogue -> dialogue.failure().stream()).findFirst();
  }
}
