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
import dev.imfexporter.access.Volumes;
import dev.imfexporter.access.format.Uptime;
import dev.imfexporter.access.smb.rpc.RegistryClient;
import dev.imfexporter.access.smb.rpc.ServerClient;
import dev.imfexporter.access.smb.rpc.ServiceManagerClient;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A Windows machine through MS-RPC over SMB. Every interface has a pipe of its own. Over SMB 2 and
 * 3, an interface that hangs holds up no other; over SMB 1, the whole session is opened anew.
 * Thread-safe.
 */
public final class SmbHost implements HostAccess {
  private final SmbConnection connection;
  private final List<RpcChannel<?>> channels;
  private final ServiceControl services;
  private final Registry registry;
  private final PerformanceData performanceData;
  private final Files files;
  private final Volumes volumes;
  private final EventLog eventLog;
  private final HostClock clock;
  private final Tcp tcp;

  /**
   * Makes no call yet, so a host that is unreachable fails later, call by call.
   *
   * @param nanoTime a monotonic clock of this machine
   */
  public SmbHost(SmbHostConfig config, LongSupplier nanoTime) {
    connection = new SmbConnection(config, nanoTime);
    RpcChannel<ServiceManagerClient> scm = new RpcChannel<>(connection, ServiceManagerClient::open);
    RpcChannel<RegistryClient> winreg = new RpcChannel<>(connection, RegistryClient::localMachine);
    RpcChannel<ServerClient> server = new RpcChannel<>(connection, ServerClient::open);
    channels = List.of(scm, winreg, server);
    services = new SmbServices(scm);
    registry = new SmbRegistry(winreg);
    performanceData = new SmbPerformanceData(connection);
    files = new SmbFiles(connection);
    volumes = new SmbVolumes(connection);
    eventLog = new SmbEventLog(connection);
    Uptime uptime = new Uptime(nanoTime);
    clock = () -> server.call(ServerClient::timeOfDay).at(uptime);
    tcp = new SocketTcp(config.host());
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
  public Volumes volumes() {
    return volumes;
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
  public List<String> cautions() {
    return connection
        .fallback()
        .map(
            why ->
                connection.config().host()
                    + " was read by NTLM, because Kerberos did not do: "
                    + why)
        .stream()
        .toList();
  }

  @Override
  public void close() {
    // The connection first: then no call opens it again, and the pipes are closed without a call.
    connection.close();
    channels.forEach(RpcChannel::close);
  }
}
