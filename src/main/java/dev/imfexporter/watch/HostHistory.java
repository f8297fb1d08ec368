package dev.imfexporter.watch;

import java.util.List;

/**
 * What has happened on a host, as far as anybody knows.
 *
 * @param services in the order of the newest reading of the services
 * @param outages the newest ones of all services, newest first; those that last have no end
 */
public record HostHistory(
    List<ServiceHistory> services,
    List<Outage> outages,
    UpdateHistory updates,
    EpisodeHistory episodes,
    EventHistory events,
    MailFlow mailFlow) {
  public HostHistory {
    services = List.copyOf(services);
    outages = List.copyOf(outages);
  }
}
