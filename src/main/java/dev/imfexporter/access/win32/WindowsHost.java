package dev.imfexporter.access.win32;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.Files;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.ServiceControl;
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

  private WindowsHost(AccessKind kind, @Nullable String machine, Files files) {
    this.kind = kind;
    this.services = new ScmServices(machine);
    this.registry = new Win32Registry(machine);
    this.performanceData = new Win32PerformanceData(machine);
    this.files = files;
  }

  /** This machine. */
  public static WindowsHost local() {
    return new WindowsHost(AccessKind.LOCAL, null, new LocalFiles());
  }

  /**
   * Another machine. Nothing is called yet, so one that is unreachable fails later, call by call.
   *
   * @param machine its name or address, with or without leading {@code \\}
   */
  public static WindowsHost remote(String machine) {
    Files shares = sharesOnly(new LocalFiles());
    return new WindowsHost(
        AccessKind.WINDOWS, machine.startsWith("\\\\") ? machine : "\\\\" + machine, shares);
  }

  private static Files sharesOnly(Files files) {
    return folder -> {
      if (folder.startsWith("\\\\")) {
        return files.list(folder);
      }
      throw new AccessException.Unsupported(
          folder
              + " is on another machine: set definition_folder to a share, such as"
              + " \\\\HOST\\SHARE\\MSCFV2, that the account of this program may read");
    };
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
  public void close() {
    services.close();
    registry.close();
  }
}
