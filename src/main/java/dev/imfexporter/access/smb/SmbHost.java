package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.Files;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.HostClock;
import dev.imfexporter.access.Modules;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.SocketTcp;
import dev.imfexporter.access.Tcp;
import dev.imfexporter.access.smb.rpc.RegistryClient;
import dev.imfexporter.access.smb.rpc.ServerClient;
import dev.imfexporter.access.smb.rpc.ServiceManagerClient;
import java.util.function.LongSupplier;

/**
 * A Windows machine through MS-RPC over SMB. Every interface has a pipe of its own, so that one
 * that hangs holds up no other; over SMB 1, all begin anew then. Thread-safe.
 */
public final class SmbHost implements HostAccess {
  private final SmbLink link;
  private final SmbServices services;
  private final SmbRegistry registry;
  private final PerformanceData performanceData;
  private final Files files;
  private final EventLog eventLog;
  private final SmbClock clock;
  private final Tcp tcp;

  /**
   * Nothing is called yet, so a host that is unreachable fails later, call by call.
   *
   * @param nanoTime a monotonic clock of this machine
   */
  public SmbHost(Target target, LongSupplier nanoTime) {
    link = new SmbLink(target, nanoTime);
    services =
        new SmbServices(
            new Channel<>(
                link, on -> ServiceManagerClient.open(on.session(), target.timeout(), nanoTime)));
    registry =
        new SmbRegistry(
            new Channel<>(
                link, on -> RegistryClient.localMachine(on.session(), target.timeout(), nanoTime)));
    performanceData = new SmbPerformanceData(link);
    files = new SmbFiles(link);
    eventLog = new SmbEventLog(link);
    clock =
        new SmbClock(
            new Channel<>(link, on -> ServerClient.open(on.session(), target.timeout(), nanoTime)),
            nanoTime);
    tcp = new SocketTcp(target.host());
  }

  @Override
  public AccessKind kind() {
    return AccessKind.SMB;
  }

  @Override
  public ServiceControl services() {
    return services;
  }

  @Override
  public Registry registry() {
    return registry;
  }

  @Override
  public PerformanceData performanceData() {
    return performanceData;
  }

  @Override
  public Files files() {
    return files;
  }

  @Override
  public EventLog eventLog() {
    return eventLog;
  }

  @Override
  public HostClock clock() {
    return clock;
  }

  @Override
  public Modules modules() {
    return processId -> {
      throw new AccessException.Unsupported(
          "No protocol over SMB lists the modules of a process: run imf-exporter on the host");
    };
  }

  @Override
  public Tcp tcp() {
    return tcp;
  }

  @Override
  public void close() {
    // First: then nobody opens it again, and the others need not say good-bye.
    link.close();
    services.close();
    registry.close();
    clock.close();
  }
}
