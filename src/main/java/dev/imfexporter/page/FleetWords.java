package dev.imfexporter.page;

import dev.imfexporter.overview.HostState;
import dev.imfexporter.overview.UpdateName;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.UpdateMarker;

/** What the pages of several hosts call states and updates. */
final class FleetWords {
  private FleetWords() {}

  /** Behind a number of hosts. */
  static String of(HostState state) {
    return switch (state) {
      case HALTED -> "with halted mail";
      case FAILING -> "failing";
      case UNREADABLE -> "not readable";
      case ATTENTION -> "in need of attention";
      case UPDATING -> "with an update that is not over";
      case NOT_KNOWN -> "of which mail flow is not known";
      case NOT_READ_YET -> "not read yet";
      case NOTHING -> "with nothing to watch";
      case WELL -> "well";
    };
  }

  /** The update of an episode by its title, or by its kind. */
  static String name(Episode update) {
    return update.title().isEmpty() ? "an update of " + kind(update) : update.title();
  }

  /** The version of the definition, or the number of the article, or else the name. */
  static String shortName(Episode update) {
    boolean versioned = UpdateName.isVersioned(update);
    return update.markers().stream()
        .filter(marker -> marker.update() == update.update() && !marker.id().isEmpty())
        .filter(marker -> !versioned || UpdateName.isVersion(marker))
        .map(UpdateMarker::id)
        .reduce((first, last) -> last)
        .orElseGet(() -> name(update));
  }

  private static String kind(Episode update) {
    return switch (update.update()) {
      case DEFINITION -> "the definition";
      case WINDOWS -> "Windows";
    };
  }

  static String outcome(Episode update) {
    return update.state() == Episode.State.HALTED
        ? "mail halted"
        : outcomeWord(update).replace('_', ' ');
  }

  /** The outcome, or where it stands before it has one. */
  static String outcomeWord(Episode update) {
    return update.outcome().map(Episode.Outcome::word).orElse(update.state().word());
  }
}
