package dev.imfexporter.http;

import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages for requests that ask the same within a second, as scrapes share readings. The first of
 * them makes the page and the others wait for it: without that, all clients of a moment would make
 * it at once, and each would wait for all. Thread-safe.
 */
final class SharedPages {
  private static final Duration SHARED = Duration.ofSeconds(1);

  /** At most 150 KiB each. */
  private static final int MOST = 8;

  private final TimeSource time;

  /** The oldest first. Guarded by this. */
  private final Map<Object, Page> pages = new LinkedHashMap<>();

  SharedPages(TimeSource time) {
    this.time = time;
  }

  /**
   * The page for a key.
   *
   * @param key equal to others for which the page would be the same
   * @param make is called under a lock of this page alone; what it throws is thrown here, and the
   *     next request tries again
   */
  String get(Object key, Supplier<String> make) {
    return page(key).html(make);
  }

  private synchronized Page page(Object key) {
    Moment now = time.now();
    Page shared = pages.get(key);
    if (shared != null && now.since(shared.asked).compareTo(SHARED) < 0) {
      return shared;
    }
    pages.remove(key);
    if (pages.size() == MOST) {
      pages.remove(pages.keySet().iterator().next());
    }
    Page made = new Page(now);
    pages.put(key, made);
    return made;
  }

  private static final class Page {
    private final Moment asked;
    private @Nullable String html;

    Page(Moment asked) {
      this.asked = asked;
    }

    synchronized String html(Supplier<String> make) {
      String known = html;
      if (known == null) {
        known = make.get();
        html = known;
      }
      return known;
    }
  }

  /** Part of a key: equal only to the same object, which is cheaper than to look into it. */
  static final class Same {
    private final Object object;

    Same(Object object) {
      this.object = object;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Same same && object == same.object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }
}
