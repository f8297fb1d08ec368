package dev.imfexporter.preflight;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Instant;
import java.util.Optional;

/** What the checks of a host rest on. */
record Outlook(HostSnapshot snapshot, TimeView time) {

  Instant now() {
    return time.now();
  }

  String name() {
    return snapshot.name();
  }

  <T> Optional<T> value(CollectorKey<T> key) {
    return snapshot.collected().value(key);
  }

  /** That the services were not read, for checks that need nothing else. */
  Answer unreadable() {
    return new Answer().without(snapshot.collected().get(CollectorKey.SERVICES));
  }

  /** A moment and how far it is from now. */
  String moment(Instant at) {
    return time.moment(at);
  }
}
