package dev.imfexporter.collector;

import dev.imfexporter.text.HasWord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Names a collector. The constants are all keys that there are, in the order of pages and metrics;
 * keys are compared by identity.
 *
 * @param <T> the value that the collector brings
 */
@SuppressWarnings("UnusedTypeParameter") // it types what Timed and Collected hold for the key
public final class CollectorKey<T> implements HasWord {
  private static final List<CollectorKey<?>> ALL = new ArrayList<>();

  public static final CollectorKey<Services> SERVICES = new CollectorKey<>("services");
  public static final CollectorKey<Definition> DEFINITION = new CollectorKey<>("definition");
  public static final CollectorKey<Smtp> SMTP = new CollectorKey<>("smtp");
  public static final CollectorKey<Filter> FILTER = new CollectorKey<>("filter");
  public static final CollectorKey<Events> EVENTS = new CollectorKey<>("events");
  public static final CollectorKey<MailFolders> FOLDERS = new CollectorKey<>("folders");
  public static final CollectorKey<MailVolumes> VOLUMES = new CollectorKey<>("volumes");
  public static final CollectorKey<Banner> BANNER = new CollectorKey<>("banner");
  public static final CollectorKey<Dialogues> DIALOGUE = new CollectorKey<>("dialogue");
  public static final CollectorKey<Components> COMPONENTS = new CollectorKey<>("components");
  public static final CollectorKey<HostClockState> HOST = new CollectorKey<>("host");
  public static final CollectorKey<UpdateSchedule> UPDATE_SCHEDULE =
      new CollectorKey<>("update_schedule");

  private final String name;
  private final int index;

  private CollectorKey(String name) {
    this.name = name;
    index = ALL.size();
    ALL.add(this);
  }

  public static List<CollectorKey<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  @Override
  public String name() {
    return name;
  }

  /** Its position in {@link #all}. */
  public int index() {
    return index;
  }

  @Override
  public String toString() {
    return name;
  }
}
