package dev.imfexporter.collector;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The performance counters of IIS SMTP, one set per virtual server, without the total over all.
 *
 * @param unlisted how many virtual servers there are beyond those that are listed
 */
public record Smtp(List<VirtualServer> virtualServers, int unlisted) implements Partial {
  public Smtp {
    virtualServers = List.copyOf(virtualServers);
  }

  public Smtp(List<VirtualServer> virtualServers) {
    this(virtualServers, 0);
  }

  @Override
  public Optional<String> missing() {
    return unlisted == 0
        ? Optional.empty()
        : Optional.of(unlisted + " further virtual servers are not listed");
  }

  /**
   * @param name of the instance, e.g. {@code SMTP 1}
   * @param counters raw values; counters that this Windows does not have are absent
   */
  public record VirtualServer(String name, Map<SmtpCounter, Long> counters) {
    public VirtualServer {
      counters = counters.isEmpty() ? Map.of() : new EnumMap<>(counters);
    }

    /** The sum of some counters; those that this Windows does not have count 0. */
    public long sum(List<SmtpCounter> of) {
      return of.stream().mapToLong(counter -> counters.getOrDefault(counter, 0L)).sum();
    }
  }
}
