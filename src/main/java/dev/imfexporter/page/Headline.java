package dev.imfexporter.page;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.diagnosis.Summary;
import dev.imfexporter.text.Sentence;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.HostSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The colour of a host, and what its diagnosis says in a glance.
 *
 * @param sentences plain text, the most urgent first
 */
record Headline(Tone tone, List<String> sentences) {

  /** How urgent it is. */
  enum Tone {
    WELL,
    /** Mail does not flow, something is down or at risk, or a collector failed. */
    ATTENTION,
    UNREADABLE,
    NOT_READ_YET,
    /** An update is not over, a known trouble is likely, or nothing says whether mail flows. */
    UNSETTLED,
    NOTHING;

    /** A class of the style sheet. */
    String cssClass() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Headline {
    sentences = List.copyOf(sentences);
  }

  /**
   * The headline of a summary.
   *
   * @param causes that are shown below it: above them, nothing is green
   */
  static Headline of(Summary summary, List<Cause> causes, HostSnapshot snapshot) {
    List<String> sentences = new ArrayList<>(List.of(summary.headline()));
    Tone tone = tone(summary);
    if (tone == Tone.WELL && !causes.isEmpty()) {
      tone = Tone.UNSETTLED;
    }
    if (tone == Tone.UNREADABLE) {
      snapshot
          .collected()
          .get(CollectorKey.SERVICES)
          .result()
          .reason()
          .map(Sentence::closed)
          .ifPresent(sentences::add);
    }
    return new Headline(tone, sentences);
  }

  private static Tone tone(Summary summary) {
    return switch (summary.situation()) {
      case HALTED, INTERRUPTED, NO_ANSWER, STALLED, STUCK, BOUNCING -> Tone.ATTENTION;
      case SERVER_GONE, OWN_ADDRESS_REFUSED, INCOMPLETE -> Tone.ATTENTION;
      case AT_RISK, DISK_AT_RISK, SMTP_AT_RISK, PARTLY_READ -> Tone.ATTENTION;
      case UNREADABLE -> Tone.UNREADABLE;
      case NOT_READ_YET -> Tone.NOT_READ_YET;
      case UNDER_WAY, VERIFYING, NOT_KNOWN -> Tone.UNSETTLED;
      case NOTHING -> Tone.NOTHING;
      case RETRYING, IDLE, ANSWERING, FLOWING -> Tone.WELL;
    };
  }
}
