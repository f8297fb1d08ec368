package dev.imfexporter.watch.mail;

import dev.imfexporter.collector.Smtp;
import dev.imfexporter.watch.fact.MailFact.VirtualServersListed;
import dev.imfexporter.watch.model.GoneVirtualServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The virtual servers that the counters list, and those that a start of SMTPSVC did not bring back.
 * A replay of the newest fact, and of when the host was watched last, makes the same state. Times
 * are on the axis. Not thread-safe.
 */
public final class VirtualServers {
  /**
   * SMTPSVC opens its virtual servers one after the other, and the events of its start are read
   * within this time.
   */
  private static final Duration SETTLES = Duration.ofMinutes(2);

  private static final Duration KEPT = Duration.ofDays(7);
  private static final int MOST_GONE = 64;

  /** When each was last listed. */
  private final Map<String, Instant> listed = new TreeMap<>();

  /** Those of {@link #listed} that the newest readings lack, since the first that did. */
  private final Map<String, Instant> lacking = new TreeMap<>();

  private final Map<String, GoneVirtualServer> gone = new TreeMap<>();
  private @Nullable VirtualServersListed newest;

  public void replay(VirtualServersListed fact) {
    newest = fact;
    listed.clear();
    fact.names().forEach(name -> listed.put(name, fact.at()));
    gone.clear();
    fact.gone().forEach(server -> gone.put(server.name(), server));
  }

  /**
   * An earlier run watched the host at that time: it would have noted had its virtual servers
   * changed before.
   */
  public void alive(Instant at) {
    listed.replaceAll((name, last) -> last.isBefore(at) ? at : last);
  }

  /** Facts that replay to the same state. */
  public List<VirtualServersListed> summary() {
    return newest == null ? List.of() : List.of(newest);
  }

  /**
   * Takes a reading of the counters into account.
   *
   * @param started when SMTPSVC last started; empty when not known
   * @return a fact when what is listed or gone has changed
   */
  public Optional<VirtualServersListed> read(Smtp smtp, Instant at, Optional<Instant> started) {
    for (Smtp.VirtualServer server : smtp.virtualServers()) {
      listed.put(server.name(), at);
      lacking.remove(server.name());
      gone.remove(server.name());
    }
    // One that is not listed may be among those beyond the limit.
    if (smtp.unlisted() == 0) {
      List.copyOf(listed.entrySet()).stream()
          .filter(server -> server.getValue().isBefore(at))
          .forEach(server -> lacks(server.getKey(), server.getValue(), at, started));
    }
    gone.values().removeIf(server -> server.lastListed().plus(KEPT).isBefore(at));
    return fact(at);
  }

  private void lacks(String name, Instant lastListed, Instant at, Optional<Instant> started) {
    Instant since = lacking.computeIfAbsent(name, first -> at);
    if (at.isBefore(since.plus(SETTLES))) {
      return;
    }
    listed.remove(name);
    lacking.remove(name);
    if (started.filter(lastListed::isBefore).isPresent() && gone.size() < MOST_GONE) {
      gone.put(name, new GoneVirtualServer(name, lastListed));
    }
  }

  private Optional<VirtualServersListed> fact(Instant at) {
    VirtualServersListed now = new VirtualServersListed(at, List.copyOf(listed.keySet()), gone());
    VirtualServersListed before = newest;
    boolean same =
        before == null
            ? now.names().isEmpty()
            : before.names().equals(now.names()) && before.gone().equals(now.gone());
    if (same) {
      return Optional.empty();
    }
    newest = now;
    return Optional.of(now);
  }

  /** The newest first. */
  public List<GoneVirtualServer> gone() {
    List<GoneVirtualServer> all = new ArrayList<>(gone.values());
    all.sort(Comparator.comparing(GoneVirtualServer::lastListed).reversed());
    return all;
  }
}
