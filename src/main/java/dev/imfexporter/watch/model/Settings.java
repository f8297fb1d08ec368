package dev.imfexporter.watch.model;

import dev.imfexporter.collector.HostText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All settings of one kind that a host had at one moment, by name.
 *
 * @param complete whether there were no others
 */
public record Settings(List<Setting> all, boolean complete) {
  /** More are left out: a host names them. */
  private static final int MOST = 128;

  public Settings {
    complete = complete && all.size() <= MOST;
    all = all.stream().sorted(Comparator.comparing(Setting::of)).limit(MOST).toList();
  }

  /** The setting of that name; names of Windows are compared without case. */
  public Optional<Setting> find(String name) {
    return all.stream().filter(setting -> setting.of().equalsIgnoreCase(name)).findFirst();
  }

  /**
   * A setting.
   *
   * @param of what has it, such as the name of a service
   * @param value empty when it could not be read; never ""
   */
  public record Setting(String of, Optional<String> value) {
    private static final int LONGEST_NAME = 80;

    /** A longer value is cut: a change behind it is not seen, and no command has it. */
    private static final int LONGEST = 400;

    /** Whether a value was longer than what is kept of it. */
    static boolean isCut(String value) {
      return value.length() > LONGEST;
    }

    public Setting {
      of = HostText.printable(of, LONGEST_NAME);
      value = value.map(text -> HostText.printable(text, LONGEST));
    }
  }
}
