package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folders of the filter's versions, and those in which SMTP keeps its messages. */
final class DemoFiles implements Files {
  static final String EXCHANGE = "C:\\Program Files\\Exchsrvr";
  static final String FILTER = EXCHANGE + "\\bin\\MSCFV2";

  // In lower case, since Windows compares paths without case.
  private static final String FILTER_PATH = "c:\\program files\\exchsrvr\\bin\\mscfv2";
  private static final String MAILROOT = "c:\\program files\\exchsrvr\\mailroot";
  private static final String VIRTUAL_SERVER = MAILROOT + "\\vsi 1";

  private static final long FIRST_BUILD = 7_936;
  static final long BYTES_PER_MESSAGE = 38_500;

  /** The lowest rate, per second, at which queued messages seem to have come. */
  private static final double SLOWEST = 0.1;

  private final DemoHost host;

  DemoFiles(DemoHost host) {
    this.host = host;
  }

  @Override
  public Optional<Sample> sample(String folder, int most, Duration within) throws AccessException {
    Scene scene = host.scene("FindFirstFile " + folder);
    String path = folder.toLowerCase(Locale.ROOT).replaceFirst("\\\\$", "");
    return Optional.ofNullable(entries(path, scene))
        .map(all -> new Sample(all.subList(0, Math.min(most, all.size())), all.size() <= most));
  }

  private @Nullable List<Entry> entries(String path, Scene scene) {
    return switch (path) {
      case FILTER_PATH -> scene.folders().stream().map(this::versionFolder).toList();
      case MAILROOT -> List.of(folder("vsi 1"));
      case VIRTUAL_SERVER -> List.of(folder("BadMail"), folder("PickUp"), folder("Queue"));
      case VIRTUAL_SERVER + "\\queue" -> messages(scene);
      case VIRTUAL_SERVER + "\\badmail", VIRTUAL_SERVER + "\\pickup" -> List.of();
      default -> null;
    };
  }

  /** The version that an update brings; each is newer than the one before. */
  static String version(Scene.Update update) {
    return "6.5." + (FIRST_BUILD + update.number()) + ".0";
  }

  private Entry versionFolder(Scene.Update update) {
    Instant created = host.time(update.at());
    return new Entry(version(update), true, 0, created, created);
  }

  private Entry folder(String name) {
    Instant created = host.time(StoryLog.BOOT);
    return new Entry(name, true, 0, created, created);
  }

  /** The queued messages, one file each, the oldest first. */
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
