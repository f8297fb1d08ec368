package dev.imfexporter.winservice;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_ACTION;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_DESCRIPTION;
import com.sun.jna.platform.win32.Winsvc.SERVICE_FAILURE_ACTIONS;
import com.sun.jna.platform.win32.Winsvc.SERVICE_FAILURE_ACTIONS_FLAG;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.win32.WindowsHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The service {@link Registration#NAME} of this machine, through the Service Control Manager. */
public final class ServiceManager implements AutoCloseable {
  /** SERVICE_CONTROL_STOP. */
  private static final int STOP = 1;

  /** What Windows gives to every service: without it the program could use no path at all. */
  private static final String CHANGE_NOTIFY = "SeChangeNotifyPrivilege";

  private final SC_HANDLE manager;
  private final WindowsHost host = WindowsHost.local();

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
    SC_HANDLE manager = Advapi32.INSTANCE.OpenSCManager(null, null, rights);
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
        Advapi32.INSTANCE.CreateService(
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
        Advapi32.INSTANCE.DeleteService(service.handle());
        throw e;
      }
    }
  }

  private static void configure(SC_HANDLE service) throws ServiceException {
    SERVICE_DESCRIPTION description = new SERVICE_DESCRIPTION();
    description.lpDescription = Registration.DESCRIPTION;
    change(service, Winsvc.SERVICE_CONFIG_DESCRIPTION, description);
    change(service, ServiceSettings.CONFIG_DELAYED_AUTO_START, new ServiceSettings.OneNumber(1));
    change(service, Winsvc.SERVICE_CONFIG_FAILURE_ACTIONS, restarts());
    SERVICE_FAILURE_ACTIONS_FLAG alsoErrors = new SERVICE_FAILURE_ACTIONS_FLAG();
    alsoErrors.fFailureActionsOnNonCrashFailures = 1;
    change(service, Winsvc.SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, alsoErrors);
    change(
        service,
        ServiceSettings.CONFIG_SERVICE_SID,
        new ServiceSettings.OneNumber(ServiceSettings.SID_TYPE_UNRESTRICTED));
    change(
        service,
        ServiceSettings.CONFIG_REQUIRED_PRIVILEGES,
        new ServiceSettings.RequiredPrivileges(CHANGE_NOTIFY));
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
    if (!Advapi32.INSTANCE.ChangeServiceConfig2(service, level, info)) {
      throw ServiceException.lastError(
          "ChangeServiceConfig2 %s, level %d,".formatted(Registration.NAME, level));
    }
  }

  /** The service as it is now; empty if it is not installed. */
  public Optional<InstalledService> status() throws ServiceException {
    try {
      Optional<ServiceStatus> status = host.services().status(Registration.NAME);
      Optional<ServiceConfig> config = host.services().config(Registration.NAME);
      if (status.isEmpty() || config.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(new InstalledService(status.get(), config.get(), command()));
    } catch (AccessException e) {
      throw ServiceException.because(String.valueOf(e.getMessage()));
    }
  }

  /** Where the SCM keeps lpBinaryPathName of CreateService. */
  private List<String> command() throws AccessException {
    return host.registry()
        .value(
            Registry.View.BITS_64,
            "SYSTEM\\CurrentControlSet\\Services\\" + Registration.NAME,
            "ImagePath")
        .map(value -> value instanceof RegistryValue.Text text ? text.value() : "")
        .map(CommandLine::split)
        .orElse(List.of());
  }

  /**
   * The same, of a service that must be installed.
   *
   * @throws ServiceException also if it is not
   */
  public InstalledService needStatus() throws ServiceException {
    return status().orElseThrow(ServiceManager::notInstalled);
  }

  /** The error of a service that did not reach the state that was waited for. */
  public ServiceException stillIn(InstalledService service, Duration waited) {
    return ServiceException.because(
        "service %s is still %s after %d s; its log and the System log say why"
            .formatted(Registration.NAME, service.status().state(), waited.toSeconds()));
  }

  /**
   * Asks Windows to start the service, and does not wait until it runs.
   *
   * @throws ServiceException also if its program is gone, of which each Windows has another error
   */
  public void start() throws ServiceException {
    InstalledService installed = needStatus();
    if (!installed.hasProgram()) {
      throw ServiceException.because(
          "the program of the service is missing: %s. Unpack imf-exporter into its folder again, or"
                  .formatted(installed.program())
              + " remove the service with imf-exporter service uninstall");
    }
    try (Handle service = need(Winsvc.SERVICE_START)) {
      if (!Advapi32.INSTANCE.StartService(service.handle(), 0, null)) {
        throw ServiceException.lastError("StartService " + Registration.NAME);
      }
    }
  }

  /** Asks the service to stop, and does not wait until it has; returns if it does not run. */
  public void stop() throws ServiceException {
    try (Handle service = need(Winsvc.SERVICE_STOP)) {
      if (!Advapi32.INSTANCE.ControlService(service.handle(), STOP, new SERVICE_STATUS())) {
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
      if (!Advapi32.INSTANCE.DeleteService(service.handle())) {
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
    SC_HANDLE service = Advapi32.INSTANCE.OpenService(manager, Registration.NAME, rights);
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
    host.close();
    Advapi32.INSTANCE.CloseServiceHandle(manager);
  }

  /** An open handle of the service. */
  private record Handle(SC_HANDLE handle) implements AutoCloseable {
    @Override
    public void close() {
      Advapi32.INSTANCE.CloseServiceHandle(handle);
    }
  }
}
