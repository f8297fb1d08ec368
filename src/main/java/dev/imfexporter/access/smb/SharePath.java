package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;

/**
 * A folder of a share of the host.
 *
 * @param folder below the share, "" for all of it
 */
record SharePath(String share, String folder) {

  /**
   * @param path such as {@code \\HOST\SHARE\FOLDER}
   * @throws AccessException.Unsupported if it is none of that host
   */
  static SharePath of(String path, SmbHostConfig config) throws AccessException.Unsupported {
    String[] parts = path.split("\\\\", 5);
    boolean onShare = path.startsWith("\\\\") && parts.length >= 4 && !parts[3].isEmpty();
    if (!onShare || !parts[2].equalsIgnoreCase(config.host())) {
      throw new AccessException.Unsupported(
          "%1$s is not on a share of %2$s: share it so that the account may read it, and name the"
                  .formatted(path, config.host())
              + " share in the configuration (mailroots, definition_folder)");
    }
    if (config.protocol().isSmb1() && path.matches(".*[#?].*")) {
      throw new AccessException.Unsupported(
          path + " cannot be listed over SMB 1: share it under a name without # and ?");
    }
    return new SharePath(parts[3], parts.length > 4 ? parts[4] : "");
  }

  /** The share alone: {@code \\HOST\SHARE}. */
  String root(SmbHostConfig config) {
    return "\\\\" + config.host() + "\\" + share;
  }
}
