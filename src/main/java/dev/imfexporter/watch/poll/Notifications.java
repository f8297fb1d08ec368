package dev.imfexporter.watch.poll;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to the states of a host's services. A subscription that ends is renewed; one that is
 * asked for again replaces the one before, so that each service has one at most. Thread-safe.
 */
public final class Notifications implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Notifications.class.getName());

  /** Between two attempts to subscribe. */
  private static final Duration RETRY = Duration.ofSeconds(30);

  /** Messages that are not logged again; services that come and go have ever other ones. */
  private static final int MOST_LOGGED = 256;

  /** Until a service is asked for again whose notifications are not supported. */
  private static final Duration UNSUPPORTED_RETRY = Duration.ofHours(1);

  private final ServiceControl scm;
  private final Executor calls;
  private final TimeSource time;
  private final BiConsumer<String, ServiceStatus> onChange;

  // Guarded by this.
  private final List<ServiceSubscription> subscriptions = new ArrayList<>();
  private final Set<String> logged = new HashSet<>();
  private @Nullable Moment asked;
  private final Map<String, Moment> unsupported = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private boolean closed;

  /**
   * @param calls runs calls that may block for ever
   * @param onChange is called with the name and the new status of a service, on a thread of the
   *     access
   */
  public Notifications(
      ServiceControl scm,
      Executor calls,
      TimeSource time,
      BiConsumer<String, ServiceStatus> onChange) {
    this.scm = scm;
    this.calls = calls;
    this.time = time;
    this.onChange = onChange;
  }

  /** Whether the host sends every change of this service. */
  public synchronized boolean isNotified(String service) {
    for (ServiceSubscription subscription : subscriptions) {
      if (subscription.notified.contains(service)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the host sends every change of all these services. */
  public synchronized boolean areNotified(List<String> services) {
    for (String service : services) {
      if (!isNotified(service)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Subscribes to those services that the host does not notify, at most once in 30 s, and once in
   * an hour where that is not supported. Ends subscriptions that have other services only.
   */
  public synchronized void subscribe(List<String> services) {
    Moment now = time.now();
    if (closed || (asked != null && now.since(asked).compareTo(RETRY) < 0)) {
      return;
    }
    Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    all.addAll(services);
    unsupported.keySet().retainAll(all);
    close(take(subscription -> Collections.disjoint(subscription.open, all)));
    Set<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String service : services) {
      if (!isNotified(service) && !isUnsupported(service, now)) {
        wanted.add(service);
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    asked = now;
    List<ServiceSubscription> before =
        take(subscription -> !Collections.disjoint(subscription.open, wanted));
    before.forEach(replaced -> wanted.addAll(replaced.open));
    wanted.retainAll(all);
    ServiceSubscription subscription = new ServiceSubscription(wanted);
    subscriptions.add(subscription);
    calls.execute(
        () -> {
          subscription.open();
          before.forEach(ServiceSubscription::close);
        });
  }

  /** Removes subscriptions, which report nothing any more, and which the caller has to close. */
  private List<ServiceSubscription> take(Predicate<ServiceSubscription> which) {
    List<ServiceSubscription> taken = new ArrayList<>();
    for (ServiceSubscription subscription : List.copyOf(subscriptions)) {
      if (which.test(subscription)) {
        subscription.replaced = true;
        subscriptions.remove(subscription);
        taken.add(subscription);
      }
    }
    return taken;
  }

  private void close(List<ServiceSubscription> over) {
    if (!over.isEmpty()) {
      calls.execute(() -> over.forEach(ServiceSubscription::close));
    }
  }

  private boolean isUnsupported(String service, Moment now) {
    Moment refused = unsupported.get(service);
    return refused != null && now.since(refused).compareTo(UNSUPPORTED_RETRY) < 0;
  }

  /** Counts a service as not notified: a poll saw a change that the host did not send. */
  public synchronized void markUnreliable(String service) {
    for (ServiceSubscription subscription : subscriptions) {
      subscription.notified.remove(service);
    }
    logOnce(service, "the host did not report a change");
  }

  @Override
  public void close() {
    List<ServiceSubscription> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(subscriptions);
      subscriptions.clear();
    }
    open.forEach(ServiceSubscription::close);
  }

  private synchronized void remove(ServiceSubscription subscription) {
    subscriptions.remove(subscription);
  }

  private synchronized void ended(String what, Set<String> services, AccessException why) {
    if (!(why instanceof AccessException.Unsupported)) {
      logOnce(what, why.getMessage());
      return;
    }
    Moment now = time.now();
    services.forEach(service -> unsupported.put(service, now));
    if (isNew(what)) {
      LOG.log(Level.DEBUG, what + " is polled: " + why.getMessage());
    }
  }

  private void logOnce(String what, @Nullable String why) {
    String message = what + " is polled for now: " + why;
    if (isNew(message)) {
      LOG.log(Level.INFO, message);
    }
  }

  private boolean isNew(String message) {
    if (logged.size() == MOST_LOGGED) {
      logged.clear();
    }
    return logged.add(message);
  }

  private final class ServiceSubscription implements StatusListener {
    /** Those that have not ended; guarded by the enclosing object, as are the next two. */
    private final Set<String> open = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private final Set<String> notified = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private boolean replaced;

    private final Set<String> services;

    // Guarded by this.
    private @Nullable Subscription subscription;
    private boolean over;

    ServiceSubscription(Set<String> services) {
      this.services = Set.copyOf(services);
      open.addAll(services);
    }

    void open() {
      Subscription opened;
      try {
        opened = scm.subscribe(services, this);
      } catch (AccessException e) {
        remove(this);
        Notifications.this.ended("Every service", services, e);
        return;
      }
      synchronized (this) {
        if (!over) {
          subscription = opened;
          return;
        }
      }
      opened.close();
    }

    @Override
    public void changed(String service, ServiceStatus status) {
      synchronized (Notifications.this) {
        if (replaced) {
          return;
        }
        notified.add(service);
      }
      onChange.accept(service, status);
    }

    @Override
    public void ended(String service, AccessException why) {
      boolean last;
      synchronized (Notifications.this) {
        notified.remove(service);
        open.remove(service);
        last = open.isEmpty();
        if (replaced) {
          return;
        }
      }
      Notifications.this.ended(service, Set.of(service), why);
      if (last) {
        remove(this);
        calls.execute(this::close);
      }
    }

    void close() {
      Subscription ended;
      synchronized (this) {
        over = true;
        ended = subscription;
        subscription = null;
      }
      if (ended != null) {
        ended.close();
      }
    }
  }
}
