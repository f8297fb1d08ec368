package dev.imfexporter.overview;

import dev.imfexporter.text.HasMeaning;
import dev.imfexporter.watch.model.Episode;

/** What an update did to a host: the outcome of its episode, or where that stands. */
public enum HostOutcome implements HasMeaning {
  HALTED("Mail has stood still for longer than the limit, and the episode is not over."),
  RECOVERED_AFTER_HALT("Mail stood still for longer than the limit, and is back."),
  ROLLED_BACK("There were outages, and the update failed or was taken back."),
  RECOVERED_SLOWLY("It took longer than the limit of a slow restart, but mail did not halt."),
  UNKNOWN("The episode could not be followed to its end."),
  OPEN("Something is still out, or an outage may still come."),
  VERIFYING("Everything runs again, and mail flow is being verified."),
  RECOVERED("What was out came back in time."),
  UNAFFECTED("No outage belongs to the update.");

  private final String meaning;

  HostOutcome(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  static HostOutcome of(Episode episode) {
    return episode.outcome().map(HostOutcome::of).orElseGet(() -> of(episode.state()));
  }

  private static HostOutcome of(Episode.Outcome outcome) {
    return switch (outcome) {
      case UNAFFECTED -> UNAFFECTED;
      case RECOVERED -> RECOVERED;
      case RECOVERED_SLOWLY -> RECOVERED_SLOWLY;
      case RECOVERED_AFTER_HALT -> RECOVERED_AFTER_HALT;
      case ROLLED_BACK -> ROLLED_BACK;
      case UNKNOWN -> UNKNOWN;
    };
  }

  private static HostOutcome of(Episode.State state) {
    return switch (state) {
      case OPEN -> OPEN;
      case VERIFYING -> VERIFYING;
      case HALTED -> HALTED;
      case CLOSED -> UNKNOWN;
    };
  }
}
