package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.HostState;
import dev.imfexporter.reading.Services;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The ledger of outages as {@link Ledgers} feeds it, without updates and mail. */
final class ServiceLedgers {
  private final ServiceLook look;

  ServiceLedgers() {
    this(fact -> {});
  }

  ServiceLedgers(Consumer<Fact> facts) {
    look = new ServiceLook(new WatchPlan.Retention(Duration.ofDays(400), 500), facts);
  }

  void replay(List<? extends Fact> facts) {
    for (Fact fact : facts) {
      if (fact instanceof ServiceFact told) {
        look.outages().replay(told);
      }
    }
  }

  List<ServiceFact> summary() {
    return look.outages().summary();
  }

  ServiceLook.Polled observe(
      Services reading, Moment asked, Moment seen, Predicate<String> reported) {
    ServiceLook.Polled polled = look.observe(reading, asked, seen, reported);
    look.outages().settle(seen);
    return polled;
  }

  boolean observe(String service, ServiceStatus status, Moment seen) {
    boolean changed = look.observe(service, status, seen);
    look.outages().settle(seen);
    return changed;
  }

  void observe(HostState state, Moment at) {
    look.outages().now(at);
    look.outages().clock(state, at);
  }

  void expectEvents() {
    look.outages().expectEvents();
  }

  OutageLedger.Told observe(Events events, Moment asked, Moment ended) {
    look.outages().now(ended);
    OutageLedger.Told told = look.outages().told(events, asked, ended);
    look.outages().settle(ended);
    return told;
  }

  void eventsUnreadable(Moment now) {
    look.outages().now(now);
    look.outages().eventsUnreadable();
    look.outages().settle(now);
  }

  void tick(Moment now) {
    look.outages().now(now);
    look.outages().settle(now);
  }

  boolean inDoubt() {
    return look.inDoubt();
  }

  Optional<ServiceState> state(String service) {
    return look.state(service);
  }

  List<String> installed() {
    return look.installed();
  }

  List<ServiceHistory> histories(Function<String, Witness> witness, Moment now) {
    return look.histories(witness, now);
  }

  List<Outage> outages() {
    return look.outages().outages();
  }

  List<Boot> boots() {
    return look.outages().boots();
  }
}
