package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The folder in which each version of the filter has a folder of its own. */
final class DemoFiles implements Files {
  static final String EXCHANGE = "C:\\Program Files\\Exchsrvr";
  private static final String FILTER = EXCHANGE + "\\bin\\MSCFV2";
  private static final long FIRST_BUILD = 7_936;

  private final DemoHost host;

  DemoFiles(DemoHost host) {
    this.host = host;
  }

  @Override
  public Optional<List<Entry>> list(String folder) throws AccessException {
    List<Scene.Update> updates = host.scene("FindFirstFile " + folder).folders();
    return folder.equalsIgnoreCase(FILTER) || folder.equalsIgnoreCase(FILTER + "\\")
        ? Optional.of(updates.stream().map(this::entry).toList())
        : Optional.empty();
  }

  @Override
  public Optional<Sample> sample(String folder, int most, Duration within) throws AccessException {
    return list(folder).map(all -> new Sample(all, true));
  }

  /** The version that an update brings; each is newer than the one before. */
  static String version(Scene.Update update) {
    return "6.5." + (FIRST_BUILD + update.number()) + ".0";
  }

  private Entry entry(Scene.Update update) {
    Instant created = host.time(update.at());
    return new Entry(version(update), true, 0, created, created);
  }
}
