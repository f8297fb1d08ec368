package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The folders of the filter's versions, and those in which SMTP keeps its messages. */
final class DemoFiles implements Files {
  static final String EXCHANGE = "C:\\Program Files\\Exchsrvr";
  static final String FILTER = EXCHANGE + "\\bin\\MSCFV2";
  private static final String MAILROOT = EXCHANGE + "\\Mailroot";
  private static final String VIRTUAL_SERVER = MAILROOT + "\\vsi 1";
  private static final long FIRST_BUILD = 7_936;
  private static final long BYTES_PER_MESSAGE = 38_500;

  /** Mail that comes slower than this per second does not make the oldest message look old. */
  private static final double SLOWEST = 0.1;

  private final DemoHost host;

  DemoFiles(DemoHost host) {
    this.host = host;
  }

  @Override
  public Optional<List<Entry>> list(String folder) throws AccessException {
    Scene scene = host.scene("FindFirstFile " + folder);
    String path = folder.endsWith("\\") ? folder.substring(0, folder.length() - 1) : folder;
    if (same(path, FILTER)) {
      return Optional.of(scene.folders().stream().map(this::versionFolder).toList());
    }
    if (same(path, MAILROOT)) {
      return Optional.of(List.of(folder("vsi 1")));
    }
    if (same(path, VIRTUAL_SERVER)) {
      return Optional.of(List.of(folder("BadMail"), folder("PickUp"), folder("Queue")));
    }
    if (same(path, VIRTUAL_SERVER + "\\Queue")) {
      return Optional.of(messages(scene));
    }
    return same(path, VIRTUAL_SERVER + "\\BadMail") || same(path, VIRTUAL_SERVER + "\\PickUp")
        ? Optional.of(List.of())
        : Optional.empty();
  }

  @Override
  public Optional<Sample> sample(String folder, int most, Duration within) throws AccessException {
    return list(folder)
        .map(all -> new Sample(all.subList(0, Math.min(most, all.size())), all.size() <= most));
  }

  /** The version that an update brings; each is newer than the one before. */
  static String version(Scene.Update update) {
    return "6.5." + (FIRST_BUILD + update.number()) + ".0";
  }

  private static boolean same(String path, String folder) {
    return path.toLowerCase(Locale.ROOT).equals(folder.toLowerCase(Locale.ROOT));
  }

  private Entry versionFolder(Scene.Update update) {
    Instant created = host.time(update.at());
    return new Entry(version(update), true, 0, created, created);
  }

  private Entry folder(String name) {
    Instant created = host.time(StoryLog.BOOT);
    return new Entry(name, true, 0, created, created);
  }

  /** What waits in the queues, one file each, the oldest first. */
  private List<Entry> messages(Scene scene) {
    long waiting = (long) Math.floor(scene.mail().queued());
    double perSecond = Math.max(SLOWEST, scene.mail().perSecond());
    Instant newest = host.time(scene.mailAt());
    List<Entry> messages = new ArrayList<>();
    for (long i = waiting; i > 0; i--) {
      Instant came = newest.minusMillis(Math.round(1_000 * (i - 1) / perSecond));
      messages.add(new Entry("NTFS_%08x.EML".formatted(i), false, BYTES_PER_MESSAGE, came, came));
    }
    return messages;
  }
}
