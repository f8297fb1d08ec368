package dev.imfexporter.life;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.MarkerType;
import java.time.Instant;
import java.util.List;

/**
 * An update of the definition or of Windows.
 *
 * @param installation updates of one batch have the same number
 * @param signs what a source can report of it, in any order
 */
public record TrueUpdate(
    int installation,
    UpdateKind kind,
    String kb,
    String title,
    List<TrueSign> signs,
    Ending ending) {
  public TrueUpdate {
    signs = List.copyOf(signs);
  }

  /**
   * A sign.
   *
   * @param at true time
   * @param logged whether it stands in the event log; otherwise the definition shows it
   */
  public record TrueSign(Instant at, MarkerType marker, boolean logged) {}

  /** What became of it. */
  public enum Ending {
    INSTALLED,
    /** It could not be installed, and changed nothing. */
    FAILED,
    /** It was there, in part at least, and was taken back. */
    ROLLED_BACK
  }
}
