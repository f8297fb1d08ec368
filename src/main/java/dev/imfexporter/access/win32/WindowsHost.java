package dev.imfexporter.access.win32;

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
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A Windows machine through Win32 calls: this one, or another one with the rights of the account
 * that this program runs as. Thread-safe.
 */
public final class WindowsHost implements HostAccess {
  private final AccessKind kind;
  private final ScmServices services;
  private final Win32Registry registry;
  private final Win32PerformanceData performanceData;
  private final Files files;
  private final Volumes volumes;
  private final Win32EventLog eventLog;
  private final HostClock clock;
  private final Modules modules;
  private final Tcp tcp;

  private WindowsHost(AccessKind kind, @Nullable String machine, Files files, Volumes volumes) {
    this.kind = kind;
    this.services = new ScmServices(machine);
    this.registry = new Win32Registry(machine);
    this.performanceData =
        machine == null ? Win32PerformanceData.LOCAL : Win32PerformanceData.remote(machine);
    this.files = files;
    this.volumes = volumes;
    this.eventLog = new Win32EventLog(machine);
    this.clock =
        machine == null
            ? new LocalClock(InstantSource.system())
            : new RemoteClock(machine, System::nanoTime);
    this.modules = machine == null ? new ProcessModules(System::nanoTime) : noModules(machine);
    this.tcp = new SocketTcp(machine == null ? "127.0.0.1" : machine.substring(2));
  }

  /**
   * Loads what every Win32 call needs: JNA's own library, which JNA first writes into a folder, and
   * kernel32.
   *
   * @throws LinkageError if that folder cannot be written, or Windows does not load from it (TEMP
   *     with characters outside the ANSI code page, AppLocker); also at every later call
   */
  public static void load() {
    Kernel32.KERNEL32.GetCurrentThreadId();
  }

  /** This machine. */
  public static WindowsHost local() {
    return new WindowsHost(
        AccessKind.LOCAL, null, new LocalFiles(System::nanoTime), new LocalVolumes());
  }

  /**
   * Another machine. Makes no call yet, so one that is unreachable fails later, call by call.
   *
   * @param machine its name or address, with or without leading {@code \\}
   */
  public static WindowsHost remote(String machine) {
    Files shares = sharesOnly(new LocalFiles(System::nanoTime));
    Volumes volumes = new LocalVolumes();
    return new WindowsHost(
        AccessKind.WIN32,
        machine.startsWith("\\\\") ? machine : "\\\\" + machine,
        shares,
        folder -> volumes.of(onShare(folder)));
  }

  private static Files sharesOnly(Files files) {
    return (folder, most, within) -> files.sample(onShare(folder), most, within);
  }

  private static Modules noModules(String machine) {
    return processId -> {
      throw new AccessException.Unsupported(
          "Windows lists the modules of its own processes only, not of those of "
              + machine
              + ": run imf-exporter there");
    };
  }

  private static String onShare(String folder) throws AccessException.Unsupported {
    if (folder.startsWith("\\\\")) {
      return folder;
    }
    throw new AccessException.Unsupported(
        folder
            + " is on another machine: share it so that the account of this program may read it, and"
            + " name the share in the configuration (mailroots, definition_folder)");
  }

  @Override
  public AccessKind kind() {
    return kind;
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
    return modules;
  }

  @Override
  public Tcp tcp() {
    return tcp;
  }

  @Override
  public void close() {
    services.close();
    registry.close();
    eventLog.close();
    performanceData.release();
  }
}
