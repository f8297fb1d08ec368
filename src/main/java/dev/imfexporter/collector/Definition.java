package dev.imfexporter.collector;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.collector.Result.Failed;
import java.time.Instant;
import java.util.Optional;

/**
 * The version of the IMF's data from two sources, which may differ during an update.
 *
 * @param registered the version in the update's registry key; empty before the first update
 * @param folder the newest version folder; empty if there is none or folders cannot be read
 * @param updatesEnabled whether updates are offered to this host; empty if it has no such setting
 * @param unreadable the first of them that the host has in a form that cannot be read, and why; it
 *     is then empty above
 */
public record Definition(
    Optional<Registered> registered,
    Optional<Folder> folder,
    Optional<Boolean> updatesEnabled,
    Optional<Failed<?>> unreadable)
    implements Partial {

  public Definition(
      Optional<Registered> registered, Optional<Folder> folder, Optional<Boolean> updatesEnabled) {
    this(registered, folder, updatesEnabled, Optional.empty());
  }

  @Override
  public Optional<String> missing() {
    return unreadable.map(Failed::why);
  }

  @Override
  public Optional<ErrorReason> errorReason() {
    return unreadable.map(Failed::error);
  }

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
