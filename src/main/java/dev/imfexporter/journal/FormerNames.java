package dev.imfexporter.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and renames the files that had other names than {@link FileName#of} before 0.1.0. */
final class FormerNames {
  private static final Logger LOG = System.getLogger(FormerNames.class.getName());

  private FormerNames() {}

  /**
   * Gives each file its present name, unless another file has it; of several files of one host, the
   * newest gets it. Logs what happens to each file. To be called with the folder's lock.
   */
  static void replace(Path folder) {
    try {
      newestFirst(folder).forEach(FormerNames::replaceOne);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "Could not list " + folder, e); // Then its files cannot be read either.
    }
  }

  private static void replaceOne(Path former) {
    Path file = former.resolveSibling(FileName.ofFormer(name(former)).orElseThrow());
    if (Files.exists(file)) {
      LOG.log(
          Level.WARNING,
          ("%s is not read: %s is another history of the same host. Delete the first, or stop the"
                  + " exporter and replace the second with it")
              .formatted(former, file));
      return;
    }
    try {
      Files.move(former, file);
      LOG.log(Level.INFO, former + " is called " + name(file) + " now");
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "%s is not read: it cannot be renamed to %s: %s. Rename it, then restart the exporter"
              .formatted(former, name(file), Reason.ofWriting(e)),
          e);
    }
  }

  /** The newest file of a host that has yet to be renamed. */
  static Optional<Path> find(Path folder, String host) throws IOException {
    Optional<String> present = Optional.of(FileName.of(host));
    return newestFirst(folder).stream()
        .filter(former -> FileName.ofFormer(name(former)).equals(present))
        .findFirst();
  }

  private static List<Path> newestFirst(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> FileName.ofFormer(name(file)).isPresent())
          .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified()).reversed())
          .toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
