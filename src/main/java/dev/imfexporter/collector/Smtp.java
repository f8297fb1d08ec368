package dev.imfexporter.collector;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The performance counters of IIS SMTP, one set per virtual server, without the total over all. */
public record Smtp(List<VirtualServer> virtualServers) {
  public Smtp {
    virtualServers = List.copyOf(virtualServers);
  }

  /**
   * @param name of the instance, e.g. {@code SMTP 1}
   * @param counters raw values; counters that this Windows does not have are absent
   */
  public record VirtualServer(String name, Map<SmtpCounter, Long> counters) {
    public VirtualServer {
      counters = counters.isEmpty() ? Map.of() : new EnumMap<>(counters);
    }
  }
}
