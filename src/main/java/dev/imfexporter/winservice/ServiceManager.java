package dev.imfexporter.winservice;

import static dev.imfexporter.winservice.WindowsServices.ADVAPI32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_ACTION;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_DESCRIPTION;
import com.sun.jna.platform.win32.Winsvc.SERVICE_FAILURE_ACTIONS;
import com.sun.jna.platform.win32.Winsvc.SERVICE_FAILURE_ACTIONS_FLAG;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_PROCESS;
import com.sun.jna.ptr.IntByReference;
import java.time.Duration;
import java.util.Optional;

/** The service {@link Registration#NAME} of this machine, through the Service Control Manager. */
public final class ServiceManager implements AutoCloseable {
  /** Longest answer of QueryServiceConfig, in bytes (its page). */
  private static final int CONFIG_MAX = 8 * 1024;

  /** SERVICE_CONTROL_STOP. */
  private static final int STOP = 1;

  /** QUERY_SERVICE_CONFIGW on a 64-bit Windows: where its fields are, in bytes. */
  private static final int START_TYPE = 4;

  private static final int BINARY_PATH = 16;
  private static final int START_NAME = 48;

  /** What Windows gives to every service: without it the program could use no path at all. */
  private static final String CHANGE_NOTIFY = "SeChangeNotifyPrivilege";

  private final SC_HANDLE manager;

  private ServiceManager(SC_HANDLE manager) {
    this.manager = manager;
  }

  /** Opens it with the rights of a reader, which every account has. */
  public static ServiceManager open() throws ServiceException {
    return open(Winsvc.SC_MANAGER_CONNECT);
  }

  /** Opens it with the right to create a service, which administrators have. */
  public static ServiceManager openToCreate() throws ServiceException {
    return open(Winsvc.SC_MANAGER_CONNECT | Winsvc.SC_MANAGER_CREATE_SERVICE);
  }

  private static ServiceManager open(int rights) throws ServiceException {
    SC_HANDLE manager = ADVAPI32.OpenSCManager(null, null, rights);
    if (manager == null) {
      throw ServiceException.lastError("OpenSCManager");
    }
    return new ServiceManager(manager);
  }

  /**
   * Creates the service, with all of its settings or not at all.
   *
   * @throws ServiceException also if there is one already
   */
  public void create(Registration registration) throws ServiceException {
    SC_HANDLE created =
        ADVAPI32.CreateService(
            manager,
            Registration.NAME,
            Registration.DISPLAY_NAME,
            Winsvc.SERVICE_ALL_ACCESS,
            WinNT.SERVICE_WIN32_OWN_PROCESS,
            WinNT.SERVICE_AUTO_START,
            WinNT.SERVICE_ERROR_NORMAL,
            CommandLine.join(registration.command()),
            null,
            null,
            null,
            registration.account(),
            null);
    if (created == null) {
      throw ServiceException.lastError("CreateService " + Registration.NAME);
    }
    try (Handle service = new Handle(created)) {
      try {
        configure(service.handle());
      } catch (ServiceException e) {
        ADVAPI32.DeleteService(service.handle());
        throw e;
      }
    }
  }

  private static void configure(SC_HANDLE service) throws ServiceException {
    SERVICE_DESCRIPTION description = new SERVICE_DESCRIPTION();
    description.lpDescription = Registration.DESCRIPTION;
    change(service, Winsvc.SERVICE_CONFIG_DESCRIPTION, description);
    change(service, WindowsServices.CONFIG_DELAYED_AUTO_START, new WindowsServices.OneNumber(1));
    change(service, Winsvc.SERVICE_CONFIG_FAILURE_ACTIONS, restarts());
    SERVICE_FAILURE_ACTIONS_FLAG alsoErrors = new SERVICE_FAILURE_ACTIONS_FLAG();
    alsoErrors.fFailureActionsOnNonCrashFailures = 1;
    change(service, Winsvc.SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, alsoErrors);
    change(
        service,
        WindowsServices.CONFIG_SERVICE_SID,
        new WindowsServices.OneNumber(WindowsServices.SID_TYPE_UNRESTRICTED));
    change(
        service,
        WindowsServices.CONFIG_REQUIRED_PRIVILEGES,
        new WindowsServices.RequiredPrivileges(CHANGE_NOTIFY));
  }

  private static SERVICE_FAILURE_ACTIONS restarts() {
    SERVICE_FAILURE_ACTIONS failure = new SERVICE_FAILURE_ACTIONS();
    failure.dwResetPeriod = (int) Registration.FAILURES_FORGOTTEN.toSeconds();
    failure.cActions = Registration.RESTARTS.size();
    failure.lpsaActions = new SC_ACTION.ByReference();
    SC_ACTION[] actions = (SC_ACTION[]) failure.lpsaActions.toArray(failure.cActions);
    for (int i = 0; i < actions.length; i++) {
      actions[i].type = Winsvc.SC_ACTION_RESTART;
      actions[i].delay = (int) Registration.RESTARTS.get(i).toMillis();
      actions[i].write();
    }
    return failure;
  }

  private static void change(SC_HANDLE service, int level, Winsvc.ChangeServiceConfig2Info info)
      throws ServiceException {
    if (!ADVAPI32.ChangeServiceConfig2(service, level, info)) {
      throw ServiceException.lastError(
          "ChangeServiceConfig2 %s, level %d,".formatted(Registration.NAME, level));
    }
  }

  /** The state and the configuration of the service; empty if it is not installed. */
  public Optional<ServiceStatus> status() throws ServiceException {
    Optional<Handle> opened = find(Winsvc.SERVICE_QUERY_STATUS | Winsvc.SERVICE_QUERY_CONFIG);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Handle service = opened.get()) {
      SERVICE_STATUS_PROCESS status = new SERVICE_STATUS_PROCESS();
      if (!ADVAPI32.QueryServiceStatusEx(
          service.handle(), 0, status, status.size(), new IntByReference())) {
        throw ServiceException.lastError("QueryServiceStatusEx " + Registration.NAME);
      }
      try (Memory config = new Memory(CONFIG_MAX)) {
        if (!ADVAPI32.QueryServiceConfig(
            service.handle(), config, CONFIG_MAX, new IntByReference())) {
          throw ServiceException.lastError("QueryServiceConfig " + Registration.NAME);
        }
        return Optional.of(
            new ServiceStatus(
                status.dwCurrentState,
                status.dwProcessId,
                exitCode(status),
                startMode(config.getInt(START_TYPE)),
                text(config, START_NAME),
                CommandLine.split(text(config, BINARY_PATH))));
      }
    }
  }

  /**
   * The same, of a service that must be installed.
   *
   * @throws ServiceException also if it is not
   */
  public ServiceStatus needStatus() throws ServiceException {
    return status().orElseThrow(ServiceManager::notInstalled);
  }

  /** The error of a service that did not reach the state that was waited for. */
  public ServiceException stillIn(ServiceStatus status, Duration waited) {
    return ServiceException.because(
        "service %s is still %s after %d s; its log and the System log say why"
            .formatted(Registration.NAME, status.stateName(), waited.toSeconds()));
  }

  private static int exitCode(SERVICE_STATUS_PROCESS status) {
    return switch (status.dwWin32ExitCode) {
      case WinError.ERROR_SERVICE_NEVER_STARTED -> 0;
      case WinError.ERROR_SERVICE_SPECIFIC_ERROR -> status.dwServiceSpecificExitCode;
      default -> status.dwWin32ExitCode;
    };
  }

  private static String startMode(int startType) {
    return switch (startType) {
      case WinNT.SERVICE_AUTO_START -> "Automatic";
      case WinNT.SERVICE_DEMAND_START -> "Manual";
      case WinNT.SERVICE_DISABLED -> "Disabled";
      default -> "start type " + startType;
    };
  }

  private static String text(Memory config, int offset) {
    Pointer text = config.getPointer(offset);
    return text == null ? "" : text.getWideString(0);
  }

  /** Asks Windows to start the service, and does not wait until it runs. */
  public void start() throws ServiceException {
    try (Handle service = need(Winsvc.SERVICE_START)) {
      if (!ADVAPI32.StartService(service.handle(), 0, null)) {
        throw ServiceException.lastError("StartService " + Registration.NAME);
      }
    }
  }

  /** Asks the service to stop, and does not wait until it has; returns if it does not run. */
  public void stop() throws ServiceException {
    try (Handle service = need(Winsvc.SERVICE_STOP)) {
      if (!ADVAPI32.ControlService(service.handle(), STOP, new SERVICE_STATUS())) {
        ServiceException failure =
            ServiceException.lastError("ControlService stop " + Registration.NAME);
        if (failure.code() != WinError.ERROR_SERVICE_NOT_ACTIVE) {
          throw failure;
        }
      }
    }
  }

  /** Removes the service, which must be stopped. */
  public void delete() throws ServiceException {
    try (Handle service = need(WinNT.DELETE)) {
      if (!ADVAPI32.DeleteService(service.handle())) {
        throw ServiceException.lastError("DeleteService " + Registration.NAME);
      }
    }
  }

  private Handle need(int rights) throws ServiceException {
    return find(rights).orElseThrow(ServiceManager::notInstalled);
  }

  private static ServiceException notInstalled() {
    return ServiceException.of(
        "OpenService " + Registration.NAME, WinError.ERROR_SERVICE_DOES_NOT_EXIST);
  }

  private Optional<Handle> find(int rights) throws ServiceException {
    SC_HANDLE service = ADVAPI32.OpenService(manager, Registration.NAME, rights);
    if (service != null) {
      return Optional.of(new Handle(service));
    }
    ServiceException failure = ServiceException.lastError("OpenService " + Registration.NAME);
    if (failure.code() == WinError.ERROR_SERVICE_DOES_NOT_EXIST) {
      return Optional.empty();
    }
    throw failure;
  }

  @Override
  public void close() {
    ADVAPI32.CloseServiceHandle(manager);
  }

  /** An open handle of the service. */
  private record Handle(SC_HANDLE handle) implements AutoCloseable {
    @Override
    public void close() {
      ADVAPI32.CloseServiceHandle(handle);
    }
  }
}
