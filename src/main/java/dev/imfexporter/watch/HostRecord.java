package dev.imfexporter.watch;

import dev.imfexporter.watch.ServiceFact.ClockShifted;
import dev.imfexporter.watch.ServiceFact.Disagreed;
import dev.imfexporter.watch.ServiceFact.Kept;
import dev.imfexporter.watch.ServiceFact.LogCleared;
import dev.imfexporter.watch.ServiceFact.ModeSeen;
import dev.imfexporter.watch.ServiceFact.Ordered;
import dev.imfexporter.watch.ServiceFact.Rebooted;
import dev.imfexporter.watch.ServiceFact.Removed;
import dev.imfexporter.watch.ServiceFact.Settled;
import dev.imfexporter.watch.ServiceFact.Sighted;
import dev.imfexporter.watch.ServiceFact.Totals;
import dev.imfexporter.watch.ServiceFact.WordHeard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All of a host's services that outlasts the program. It is changed by facts alone, and what it
 * becomes depends only on them and their order.
 */
final class HostRecord {
  private static final int BOOTS = 64;

  private final WatchPlan.Retention retention;
  private final Map<String, ServiceRecord> services = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<Outage> outages = new ArrayList<>();
  private final List<Boot> boots = new ArrayList<>();
  private final StateWords words = new StateWords();

  HostRecord(WatchPlan.Retention retention) {
    this.retention = retention;
  }

  List<String> services() {
    return List.copyOf(services.keySet());
  }

  ServiceRecord service(String name) {
    return services.computeIfAbsent(name, n -> new ServiceRecord(n, boots));
  }

  /** Settled, in the order in which they were. */
  List<Outage> outages() {
    return outages;
  }

  List<Boot> boots() {
    return boots;
  }

  StateWords words() {
    return words;
  }

  /** The newest transition of all; null when there is none. */
  @Nullable Instant newest() {
    Instant newest = null;
    for (ServiceRecord service : services.values()) {
      Transition last = service.timeline().newest();
      if (last != null && (newest == null || last.at().isAfter(newest))) {
        newest = last.at();
      }
    }
    return newest;
  }

  /** Whether an event that was written at this time of the host's clock may have told before. */
  boolean heardSince(Instant written) {
    return services.values().stream()
        .flatMap(service -> service.timeline().heard().stream())
        .anyMatch(heard -> !heard.written().isBefore(written));
  }

  /** Takes a fact into account; false if it adds nothing. */
  boolean apply(ServiceFact fact) {
    // Java 17 has no patterns in switches.
    if (fact instanceof Sighted seen) {
      return sighted(seen);
    } else if (fact instanceof WordHeard heard) {
      return words.add(heard);
    } else if (fact instanceof Settled settled) {
      settled(settled.outage());
    } else if (fact instanceof Rebooted rebooted) {
      rebooted(rebooted.boot());
    } else if (fact instanceof ClockShifted shifted) {
      shifted(shifted.by());
    } else if (fact instanceof LogCleared) {
      services.values().forEach(service -> service.timeline().forgetRecords());
    } else if (fact instanceof Ordered ordered) {
      service(ordered.service()).add(ordered);
    } else if (fact instanceof Disagreed disagreed) {
      service(disagreed.service()).disagree(disagreed);
    } else if (fact instanceof ModeSeen mode) {
      service(mode.service()).mode(mode);
    } else if (fact instanceof Removed removed) {
      service(removed.service()).remove();
    } else if (fact instanceof Totals totals) {
      service(totals.service()).restore(totals);
    } else if (fact instanceof Kept kept) {
      service(kept.service()).keep(kept);
    }
    return true;
  }

  private boolean sighted(Sighted seen) {
    ServiceRecord service = service(seen.service());
    boolean adds = service.timeline().add(seen);
    if (adds) {
      service.touch();
    }
    return adds;
  }

  private void settled(Outage outage) {
    service(outage.service()).settle(outage);
    outages.add(outage);
    Instant oldest = end(outage).minus(retention.age());
    Set<String> newer = new HashSet<>();
    // The last restart of a service is shown however long ago it was.
    for (int i = outages.size() - 1; i >= 0; i--) {
      boolean last = newer.add(outages.get(i).service());
      boolean room = outages.size() - i <= retention.count();
      if (!last && (!room || end(outages.get(i)).isBefore(oldest))) {
        outages.remove(i);
      }
    }
  }

  private static Instant end(Outage outage) {
    return outage.ended().orElse(outage.began());
  }

  private void rebooted(Boot boot) {
    boots.add(boot);
    if (boots.size() > BOOTS) {
      boots.remove(0);
    }
    for (ServiceRecord service : services.values()) {
      service.timeline().stopImplied(boot);
      service.touch();
    }
  }

  private void shifted(Duration by) {
    boots.replaceAll(boot -> boot.shifted(by));
    services.values().forEach(service -> service.shift(by));
  }

  /** Facts that make the same of a new one. */
  List<ServiceFact> summary() {
    List<ServiceFact> facts = new ArrayList<>();
    boots.forEach(boot -> facts.add(new Rebooted(boot)));
    facts.addAll(words.summary());
    outages.forEach(outage -> facts.add(new Settled(outage)));
    services.values().forEach(service -> facts.addAll(service.summary()));
    return facts;
  }
}
