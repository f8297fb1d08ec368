package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.format.PerformanceBlock.Counter;
import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import dev.imfexporter.access.format.TitleTable;
import dev.imfexporter.collector.NamedObject.Found;
import dev.imfexporter.collector.Smtp.VirtualServer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The counters of the performance object {@code SMTP Server}. Take it only while SMTPSVC runs: the
 * provider calls the service, and hangs if the service hangs.
 */
public final class SmtpReading implements Collector<Smtp> {
  private static final String OVER_ALL = "_Total";

  /**
   * Each adds a series for each counter. IIS numbers virtual servers; few hosts have more than one.
   */
  private static final int MOST_VIRTUAL_SERVERS = 64;

  private final NamedObject object = NamedObject.wanted("SMTP Server");

  @Override
  public Smtp take(HostAccess host) throws AccessException {
    Found found =
        object
            .read(host.performanceData())
            .orElseThrow(
                () ->
                    new AccessException.Missing(
                        "The host offers no performance object \"SMTP Server\" though SMTPSVC runs:"
                            + " its provider is disabled or failed to load. See the Application"
                            + " event log for source Perflib; \"lodctr /r\" rebuilds the list"));
    return smtp(found.object(), found.titles());
  }

  private static Smtp smtp(PerformanceObject object, TitleTable titles)
      throws AccessException.Malformed {
    List<VirtualServer> servers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Instance instance : object.instances()) {
      String name = instance.name();
      if (name.isEmpty() || !names.add(name)) {
        throw new AccessException.Malformed(
            "The performance object \"SMTP Server\" has two instances called \""
                + name
                + "\", or"
                + " one without a name");
      }
      if (!name.equalsIgnoreCase(OVER_ALL)) {
        servers.add(new VirtualServer(name, counters(instance, titles)));
      }
    }
    int listed = Math.min(MOST_VIRTUAL_SERVERS, servers.size());
    return new Smtp(servers.subList(0, listed), servers.size() - listed);
  }

  private static Map<SmtpCounter, Long> counters(Instance instance, TitleTable titles) {
    Map<SmtpCounter, Long> counters = new EnumMap<>(SmtpCounter.class);
    for (Counter counter : instance.counters()) {
      titles
          .name(counter.nameIndex())
          .flatMap(SmtpCounter::named)
          .ifPresent(known -> counters.put(known, counter.value()));
    }
    return counters;
  }
}
