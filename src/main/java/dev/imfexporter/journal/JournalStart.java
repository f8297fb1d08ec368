package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Reads the facts of earlier runs when a host is opened, and logs what is wrong with them. */
final class JournalStart {
  private static final Logger LOG = System.getLogger(HostStore.class.getName());

  private JournalStart() {}

  /** The facts of earlier runs, oldest first; none if the file cannot be read. */
  static List<Fact> recover(String host, JournalFile file) {
    try {
      Recovered recovered = file.recover();
      log(file, recovered);
      return recovered.facts();
    } catch (IOException | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the history of "
              + host
              + " cannot be read, so it begins anew: "
              + Reason.ofReading(e)
              + ". Nothing is written over "
              + file.path()
              + ": it is renamed first",
          e);
      return List.of();
    }
  }

  private static void log(JournalFile file, Recovered recovered) {
    recovered.damage(file.path()).ifPresent(sentence -> LOG.log(Level.WARNING, sentence));
    if (recovered.torn()) {
      LOG.log(
          Level.INFO,
          file.path() + ": the last line was being written when the program or the machine died");
    }
    if (recovered.unknown() + recovered.ignored() > 0) {
      LOG.log(
          Level.WARNING,
          "%s: written by a newer version: %d facts and %d fields are not understood and left out"
              .formatted(file.path(), recovered.unknown(), recovered.ignored()));
    }
  }
}
