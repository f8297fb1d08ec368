package dev.imfexporter.collector;

import java.time.Instant;
import java.util.Optional;

/**
 * The version of the IMF's data from two sources, which may differ during an update.
 *
 * @param registered the version in the update's registry key; empty before the first update
 * @param folder the newest version folder; empty if there is none or folders cannot be read
 * @param updatesEnabled whether updates are offered to this host; empty if it has no such setting
 */
public record Definition(
    Optional<Registered> registered, Optional<Folder> folder, Optional<Boolean> updatesEnabled) {

  /**
   * @param installed the day of installation at midnight in the exporter's time zone, because the
   *     registry has neither time nor zone; empty if missing or not a date
   * @param written when the key was last written, by the host's clock; empty if the host does not
   *     report it
   */
  public record Registered(
      DefinitionVersion version, Optional<Instant> installed, Optional<Instant> written) {}

  /**
   * @param created when the folder was created, by the host's clock
   */
  public record Folder(DefinitionVersion version, Instant created) {}
}
