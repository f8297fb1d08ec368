package dev.imfexporter.watch.outage;

import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.fact.ServiceFact.ControlSent;
import dev.imfexporter.watch.fact.ServiceFact.LogCleared;
import dev.imfexporter.watch.fact.ServiceFact.OutageSettled;
import dev.imfexporter.watch.fact.ServiceFact.Rebooted;
import dev.imfexporter.watch.fact.ServiceFact.ServiceRemoved;
import dev.imfexporter.watch.fact.ServiceFact.ServiceTotals;
import dev.imfexporter.watch.fact.ServiceFact.ServicesForgotten;
import dev.imfexporter.watch.fact.ServiceFact.SourcesDisagreed;
import dev.imfexporter.watch.fact.ServiceFact.StartFailed;
import dev.imfexporter.watch.fact.ServiceFact.StartModeObserved;
import dev.imfexporter.watch.fact.ServiceFact.StateObserved;
import dev.imfexporter.watch.fact.ServiceFact.TransitionRetained;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The state of a host's services that outlasts the program. Facts alone change it, and the result
 * depends only on the facts and their order. A fact that is told again, as when a file is put
 * together from two, counts once.
 */
final class ServiceRecords {
  private static final int BOOTS = 64;

  private final Retention retention;
  private final Map<String, ServiceRecord> services = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Set<Outage> outages = new LinkedHashSet<>();
  private final List<Boot> boots = new ArrayList<>();
  private final List<ServiceFact> added = new ArrayList<>();
  private @Nullable List<Outage> copied;
  private long forgottenSerials;

  ServiceRecords(Retention retention) {
    this.retention = retention;
  }

  Set<String> services() {
    return services.keySet();
  }

  ServiceRecord service(String name) {
    return services.computeIfAbsent(
        name, n -> new ServiceRecord(n, boots, outages, forgottenSerials));
  }

  /** Settled outages, in the order in which they settled. */
  List<Outage> outages() {
    List<Outage> known = copied;
    if (known == null) {
      known = List.copyOf(outages);
      copied = known;
    }
    return known;
  }

  /** The newest boots, in the order in which they became known. */
  List<Boot> boots() {
    return Collections.unmodifiableList(boots);
  }

  /** The time of the newest transition of all services; null when there is none. */
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

  /** Whether an event that was written at this time of the host's clock may be in the state. */
  boolean hasEventsSince(Instant written) {
    return services.values().stream()
        .flatMap(service -> service.timeline().newestRecord().stream())
        .anyMatch(record -> !record.written().isBefore(written));
  }

  /** Applies a fact and keeps it for {@link #takeFacts}, unless it adds nothing. */
  void add(ServiceFact fact) {
    if (apply(fact)) {
      added.add(fact);
    }
  }

  /** Forgets services, but not their settled outages. */
  void forget(Set<String> names) {
    long serials =
        names.stream().mapToLong(name -> service(name).timeline().serials()).max().orElse(0);
    add(new ServicesForgotten(names, Math.max(serials, forgottenSerials)));
  }

  /** Returns the facts that were added since the last call. */
  List<ServiceFact> takeFacts() {
    List<ServiceFact> taken = List.copyOf(added);
    added.clear();
    return taken;
  }

  /** Applies a fact; false if it adds nothing. */
  boolean apply(ServiceFact fact) {
    // Java 17 has no patterns in switches.
    if (fact instanceof StateObserved seen) {
      return service(seen.service()).observe(seen);
    } else if (fact instanceof OutageSettled settled) {
      return settled(settled.outage());
    } else if (fact instanceof Rebooted rebooted) {
      return rebooted(rebooted.boot());
    } else if (fact instanceof LogCleared) {
      services.values().forEach(service -> service.timeline().forgetRecords());
    } else if (fact instanceof ControlSent control) {
      return service(control.service()).add(control);
    } else if (fact instanceof StartFailed failed) {
      return service(failed.service()).add(failed);
    } else if (fact instanceof SourcesDisagreed disagreed) {
      return service(disagreed.service()).disagree(disagreed);
    } else if (fact instanceof StartModeObserved mode) {
      service(mode.service()).startModes().observe(mode);
    } else if (fact instanceof ServiceRemoved removed) {
      service(removed.service()).remove();
    } else if (fact instanceof ServicesForgotten forgotten) {
      forgotten.services().forEach(services::remove);
      forgottenSerials = Math.max(forgottenSerials, forgotten.serials());
    } else if (fact instanceof ServiceTotals totals) {
      return service(totals.service()).restore(totals);
    } else if (fact instanceof TransitionRetained retained) {
      return service(retained.service()).keep(retained);
    }
    return true;
  }

  private boolean settled(Outage outage) {
    ServiceRecord service = service(outage.service());
    boolean counts = !outages.contains(outage) && !service.hasForgotten(outage);
    service.settle(outage, counts);
    if (counts) {
      outages.add(outage);
      forgetOld(end(outage).minus(retention.age()));
      copied = null;
    }
    return counts;
  }

  /** The last restart of a watched service is shown however long ago it was. */
  private void forgetOld(Instant oldest) {
    int rank = outages.size();
    for (Iterator<Outage> all = outages.iterator(); all.hasNext(); rank--) {
      Outage outage = all.next();
      boolean excess = rank > retention.count() || end(outage).isBefore(oldest);
      if (!excess) {
        return;
      }
      ServiceRecord service = services.get(outage.service());
      if (service == null) {
        all.remove();
      } else if (!service.lastSettled().equals(Optional.of(outage))) {
        all.remove();
        service.forget(outage);
      }
    }
  }

  private static Instant end(Outage outage) {
    return outage.ended().orElse(outage.began());
  }

  private boolean rebooted(Boot boot) {
    boolean forgotten = boots.size() == BOOTS && boot.up().isBefore(boots.get(0).up());
    if (forgotten || boots.contains(boot)) {
      return false;
    }
    boots.add(boot);
    if (boots.size() > BOOTS) {
      boots.remove(0);
    }
    services.values().forEach(service -> service.addShutdown(boot));
    return true;
  }

  /** Facts that replay to the same state. */
  List<ServiceFact> summary() {
    List<ServiceFact> facts = new ArrayList<>();
    boots.forEach(boot -> facts.add(new Rebooted(boot)));
    outages.forEach(outage -> facts.add(new OutageSettled(outage)));
    services.values().forEach(service -> facts.addAll(service.summary()));
    if (forgottenSerials > 0) {
      Set<String> forgotten = new TreeSet<>();
      outages.forEach(outage -> forgotten.add(outage.service()));
      forgotten.removeIf(services::containsKey);
      facts.add(new ServicesForgotten(forgotten, forgottenSerials));
    }
    return facts;
  }
}
