package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.smb.rpc.ServiceManagerClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Service Control Manager through MS-SCMR. Thread-safe. */
record SmbServices(RpcChannel<ServiceManagerClient> channel) implements ServiceControl {

  @Override
  public Optional<ServiceStatus> status(String service) throws AccessException {
    return channel.call(client -> client.status(service));
  }

  @Override
  public Optional<ServiceConfig> config(String service) throws AccessException {
    return channel.call(client -> client.config(service));
  }

  @Override
  public List<String> dependents(String service) throws AccessException {
    return channel.call(client -> client.dependents(service));
  }

  /** MS-SCMR can notify, from Vista on, but each service would need a call that stays open. */
  @Override
  public Subscription subscribe(Set<String> services, StatusListener listener)
      throws AccessException {
    throw new AccessException.Unsupported("Access smb polls services and gets no notifications");
  }
}
