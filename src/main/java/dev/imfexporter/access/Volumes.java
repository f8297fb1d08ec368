package dev.imfexporter.access;

import java.util.Optional;

/** The volumes of a host: its drives, and the drives that are mounted in folders. */
@FunctionalInterface
public interface Volumes {

  /**
   * A volume.
   *
   * @param name where it is mounted, without a backslash at its end: {@code C:}, {@code D:\Mail},
   *     or the share that leads to it, {@code \\HOST\SHARE}
   * @param free bytes that nothing uses; a quota of the account that asks does not count
   * @param size bytes in all; of a volume with quotas, perhaps the quota of the account that asks
   */
  record Volume(String name, long free, long size) {

    /**
     * A volume by the numbers of a host.
     *
     * @throws AccessException.Malformed if they cannot be those of a volume
     */
    public static Volume of(String name, long free, long size) throws AccessException.Malformed {
      if (free < 0 || size <= 0) {
        throw new AccessException.Malformed(
            "The volume %s is said to have %d of %d bytes free".formatted(name, free, size));
      }
      String mounted = name.endsWith("\\") ? name.substring(0, name.length() - 1) : name;
      return new Volume(mounted, free, size);
    }
  }

  /**
   * The volume that holds the folder; empty when there is no such folder.
   *
   * @param folder by the host's own path, or on a share
   * @throws AccessException.Unsupported if this access cannot ask about that folder
   */
  Optional<Volume> of(String folder) throws AccessException;
}
