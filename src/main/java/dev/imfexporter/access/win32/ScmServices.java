package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.ENUM_SERVICE_STATUS;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_PROCESS;
import com.sun.jna.ptr.IntByReference;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.ServiceRight;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.Win32Error;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Service Control Manager of this or another machine. Thread-safe: each call opens a service
 * with the one right that it needs, and closes it before it returns.
 */
final class ScmServices implements ServiceControl, AutoCloseable {
  private static final char LOAD_ORDER_GROUP = '+';
  private static final int START_AUTO = 2;
  private static final int FIRST_ENUMERATION_BYTES = 4 * 1024;
  private static final int MAX_ENUMERATION_BYTES = 1024 * 1024;

  private final ServiceManager manager;
  private final StatusNotifications notifications;

  /**
   * @param machine {@code \\name}, or null for this machine
   */
  ScmServices(@Nullable String machine) {
    this.manager = new ServiceManager(machine);
    this.notifications = new StatusNotifications(machine);
  }

  @Override
  public Optional<ServiceStatus> status(String service) throws AccessException {
    try (ServiceHandle handle = open(service, ServiceRight.SERVICE_QUERY_STATUS)) {
      if (handle == null) {
        return Optional.empty();
      }
      SERVICE_STATUS_PROCESS status = new SERVICE_STATUS_PROCESS();
      if (!ADVAPI32.QueryServiceStatusEx(
          handle.handle(),
          Winsvc.SC_STATUS_TYPE.SC_STATUS_PROCESS_INFO,
          status,
          status.size(),
          new IntByReference())) {
        throw failed("QueryServiceStatusEx", service, ServiceRight.SERVICE_QUERY_STATUS);
      }
      return Optional.of(status(status));
    }
  }

  @Override
  public Optional<ServiceConfig> config(String service) throws AccessException {
    try (ServiceHandle handle = open(service, ServiceRight.SERVICE_QUERY_CONFIG);
        Memory buffer = new Memory(Advapi32.QUERY_SERVICE_CONFIG_MAX)) {
      if (handle == null) {
        return Optional.empty();
      }
      if (!ADVAPI32.QueryServiceConfig(
          handle.handle(), buffer, (int) buffer.size(), new IntByReference())) {
        throw failed("QueryServiceConfig", service, ServiceRight.SERVICE_QUERY_CONFIG);
      }
      Advapi32.QueryServiceConfig config = new Advapi32.QueryServiceConfig(buffer);
      boolean delayed = config.dwStartType == START_AUTO && delayed(service, handle);
      List<String> names = dependencies(config.lpDependencies);
      return Optional.of(
          new ServiceConfig(
              text(config.lpDisplayName, service),
              StartMode.of(config.dwStartType, delayed),
              names.stream().filter(name -> name.charAt(0) != LOAD_ORDER_GROUP).toList(),
              new ServiceConfig.Details(
                  names.stream()
                      .filter(name -> name.charAt(0) == LOAD_ORDER_GROUP)
                      .map(name -> name.substring(1))
                      .toList(),
                  text(config.lpServiceStartName, ""),
                  RecoverySettings.of(service, handle))));
    }
  }

  /**
   * Whether an automatic service starts after the others (<a
   * href="https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_delayed_auto_start_info">
   * page</a>). False on Windows before Vista, which does not know the level.
   */
  private static boolean delayed(String service, ServiceHandle handle) throws AccessException {
    try (Memory delayed = new Memory(Integer.BYTES)) {
      if (ADVAPI32.QueryServiceConfig2(
          handle.handle(),
          Winsvc.SERVICE_CONFIG_DELAYED_AUTO_START_INFO,
          delayed,
          (int) delayed.size(),
          new IntByReference())) {
        return delayed.getInt(0) != 0;
      }
      if (Native.getLastError() == WinError.ERROR_INVALID_LEVEL) {
        return false;
      }
      throw failed("QueryServiceConfig2", service, ServiceRight.SERVICE_QUERY_CONFIG);
    }
  }

  private static String text(@Nullable Pointer text, String otherwise) {
    return text == null ? otherwise : text.getWideString(0);
  }

  /** Services and, with a plus before the name, load-order groups. */
  private static List<String> dependencies(@Nullable Pointer dependencies) {
    List<String> names = new ArrayList<>();
    if (dependencies == null) {
      return names;
    }
    long at = 0;
    while (true) {
      String name = dependencies.getWideString(at);
      if (name.isEmpty()) {
        return names;
      }
      names.add(name);
      at += (name.length() + 1L) * Character.BYTES;
    }
  }

  @Override
  public List<String> dependents(String service) throws AccessException {
    try (ServiceHandle handle = open(service, ServiceRight.SERVICE_ENUMERATE_DEPENDENTS)) {
      if (handle == null) {
        return List.of();
      }
      int size = FIRST_ENUMERATION_BYTES;
      while (true) {
        try (Memory buffer = new Memory(size)) {
          IntByReference needed = new IntByReference();
          IntByReference count = new IntByReference();
          if (ADVAPI32.EnumDependentServices(
              handle.handle(), Winsvc.SERVICE_STATE_ALL, buffer, size, needed, count)) {
            return names(buffer, count.getValue());
          }
          // Services may be installed between two calls, so the needed size is only a hint.
          if (Native.getLastError() != Win32Error.MORE_DATA || size >= MAX_ENUMERATION_BYTES) {
            throw failed(
                "EnumDependentServices", service, ServiceRight.SERVICE_ENUMERATE_DEPENDENTS);
          }
          size = Math.min(MAX_ENUMERATION_BYTES, Math.max(2 * size, needed.getValue()));
        }
      }
    }
  }

  private static List<String> names(Memory entries, int count) {
    if (count == 0) {
      return List.of();
    }
    ENUM_SERVICE_STATUS first = Structure.newInstance(ENUM_SERVICE_STATUS.class, entries);
    first.read();
    return Arrays.stream((ENUM_SERVICE_STATUS[]) first.toArray(count))
        .map(entry -> entry.lpServiceName)
        .toList();
  }

  @Override
  public Subscription subscribe(Set<String> services, StatusListener listener)
      throws AccessException {
    return notifications.subscribe(services, listener);
  }

  @Override
  public void close() {
    notifications.close();
    manager.close();
  }

  static ServiceStatus status(SERVICE_STATUS_PROCESS status) throws AccessException.Malformed {
    return new ServiceStatus(
        ServiceState.of(status.dwCurrentState),
        Integer.toUnsignedLong(status.dwWin32ExitCode),
        Integer.toUnsignedLong(status.dwServiceSpecificExitCode),
        Integer.toUnsignedLong(status.dwProcessId));
  }

  private @Nullable ServiceHandle open(String service, ServiceRight right) throws AccessException {
    return manager.open(service, right).orElse(null);
  }

  private static AccessException failed(String function, String service, ServiceRight right) {
    return Win32Errors.lastError(function + " " + service, right.on(service));
  }
}
