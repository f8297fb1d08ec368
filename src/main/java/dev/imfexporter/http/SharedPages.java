package dev.imfexporter.http;

import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages for requests that ask the same within a second, as scrapes share readings. Without that,
 * all clients of a moment would make the page at once, and each would wait for all. A request that
 * comes when the page is up to {@link #STALE} old gets it at once and has it made anew for those
 * behind it; one that comes later waits for a new one. Thread-safe.
 */
final class SharedPages {
  private static final Duration SHARED = Duration.ofSeconds(1);

  /** The times on a page are exact to the second at best, and what polls show is older. */
  static final Duration STALE = Duration.ofSeconds(3);

  /** At most 150 KiB each. */
  private static final int MOST = 8;

  private final TimeSource time;
  private final Executor renewals;

  /** The oldest first. Guarded by this. */
  private final Map<Object, Page> pages = new LinkedHashMap<>();

  /**
   * @param renewals makes pages anew that requests have been answered with
   */
  SharedPages(TimeSource time, Executor renewals) {
    this.time = time;
    this.renewals = renewals;
  }

  /**
   * The page for a key.
   *
   * @param key equal to others for which the page would be the same
   * @param make is called on this thread or another, for one request of a key at a time; what it
   *     throws on this thread is thrown here, and the next request tries again
   */
  String get(Object key, Supplier<String> make) {
    Page page;
    Optional<String> old = Optional.empty();
    synchronized (this) {
      Moment now = time.now();
      Page shared = pages.get(key);
      Duration age = shared == null ? STALE : now.since(shared.asked);
      if (shared == null || age.compareTo(STALE) >= 0) {
        page = put(key, new Page(now));
      } else {
        page = shared;
        old = age.compareTo(SHARED) < 0 ? Optional.empty() : shared.made();
        if (old.isPresent()) {
          if (shared.renewed) {
            return old.get();
          }
          shared.renewed = true;
        }
      }
    }
    if (old.isEmpty()) {
      return page.html(make);
    }
    try {
      renewals.execute(() -> renew(key, page, make));
    } catch (RejectedExecutionException stopping) {
      notRenewed(page);
    }
    return old.get();
  }

  private void renew(Object key, Page old, Supplier<String> make) {
    Page page = new Page(time.now());
    try {
      page.html(make);
    } catch (RuntimeException | Error e) {
      notRenewed(old);
      throw e;
    }
    synchronized (this) {
      if (pages.get(key) == old) {
        put(key, page);
      }
    }
  }

  private synchronized void notRenewed(Page page) {
    page.renewed = false;
  }

  /** Call with the lock held. */
  private Page put(Object key, Page page) {
    pages.remove(key);
    if (pages.size() == MOST) {
      pages.remove(pages.keySet().iterator().next());
    }
    pages.put(key, page);
    return page;
  }

  private static final class Page {
    private final Moment asked;
    private volatile @Nullable String html;

    /** Whether it is being made anew behind the requests, or was. Guarded by the pages. */
    private boolean renewed;

    Page(Moment asked) {
      this.asked = asked;
    }

    /** Empty while it is being made. */
    Optional<String> made() {
      return Optional.ofNullable(html);
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
