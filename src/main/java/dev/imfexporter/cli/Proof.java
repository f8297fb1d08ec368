package dev.imfexporter.cli;

import static dev.imfexporter.reading.ReadingName.BANNER;
import static dev.imfexporter.reading.ReadingName.COMPONENTS;
import static dev.imfexporter.reading.ReadingName.DEFINITION;
import static dev.imfexporter.reading.ReadingName.EVENTS;
import static dev.imfexporter.reading.ReadingName.FOLDERS;
import static dev.imfexporter.reading.ReadingName.HOST;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.reading.ReadingName;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What a reading by an access has been tried on, so that nobody trusts it for more. */
enum Proof {
  /** Samba, or anything that answers at a port. */
  REAL_SERVER("real server"),
  /** The real calls or the real protocol, but what answers plays Windows. */
  STAND_IN("stand-in"),
  IMPOSSIBLE("impossible");

  private static final Set<ReadingName> BY_SAMBA = EnumSet.of(DEFINITION, EVENTS, FOLDERS, HOST);

  private final String words;

  Proof(String words) {
    this.words = words;
  }

  /** As the table of docs/least-privilege.md says it. */
  String words() {
    return words;
  }

  static Proof of(AccessKind access, ReadingName reading) {
    if (reading == BANNER) {
      return REAL_SERVER;
    }
    if (reading == COMPONENTS && access != AccessKind.LOCAL) {
      return IMPOSSIBLE;
    }
    return access == AccessKind.SMB && BY_SAMBA.contains(reading) ? REAL_SERVER : STAND_IN;
  }

  /** All readings by an access, in a sentence. */
  static String of(AccessKind access) {
    return "By access "
        + access.word()
        + ", tried on a real server (Samba, or a port): "
        + readings(access, REAL_SERVER)
        + "; on a stand-in: "
        + readings(access, STAND_IN)
        + "; impossible: "
        + readings(access, IMPOSSIBLE)
        + ". Nothing has been tried on a real Windows: docs/least-privilege.md.";
  }

  private static String readings(AccessKind access, Proof proof) {
    String names =
        Arrays.stream(ReadingName.values())
            .filter(reading -> of(access, reading) == proof)
            .map(ReadingName::word)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }
}
