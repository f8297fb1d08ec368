package dev.imfexporter.reading;

import java.time.Instant;
import java.util.Optional;

/**
 * The IMF's data as its two witnesses tell it; they may disagree while an update is under way.
 *
 * @param registered what the update's registry key says; empty before the first update
 * @param folder the newest version folder; empty when there is none or folders cannot be read
 * @param updatesEnabled whether updates are offered to this host; empty when not said
 */
public record Definition(
    Optional<Registered> registered, Optional<Folder> folder, Optional<Boolean> updatesEnabled) {

  /**
   * @param installed the day of installation at midnight in this program's time zone: the registry
   *     has neither time nor zone; empty when missing or unreadable
   * @param written when the key was last written; empty when the host does not say
   */
  public record Registered(
      DefinitionVersion version, Optional<Instant> installed, Optional<Instant> written) {}

  /**
   * @param created when the folder appeared, by the host's clock
   */
  public record Folder(DefinitionVersion version, Instant created) {}
}
