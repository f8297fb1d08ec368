package dev.imfexporter.watch;

import java.util.List;

/**
 * What has happened on a host, as far as anybody knows.
 *
 * @param services in the order of the newest reading of the services
 */
public record HostHistory(
    List<ServiceHistory> services,
    UpdateHistory updates,
    EpisodeHistory episodes,
    EventHistory events,
    MailFlow mailFlow) {
  public HostHistory {
    services = List.copyOf(services);
  }
}
