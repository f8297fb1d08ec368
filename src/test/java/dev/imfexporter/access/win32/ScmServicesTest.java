package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Winsvc;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.ServiceRight;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.bed.ServiceBehaviour;
import dev.imfexporter.bed.ServiceBehaviour.OnStart;
import dev.imfexporter.bed.ServiceBehaviour.OnStop;
import dev.imfexporter.bed.Win32Function;
import dev.imfexporter.bed.WindowsBed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Tag("windows")
class ScmServicesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String OWN = "IMFTEST";

  private final WindowsBed bed = WindowsBed.open();
  private final WindowsHost host = WindowsHost.local();
  private final ServiceControl services = host.services();

  @BeforeEach
  void reset() {
    bed.reset();
  }

  @AfterEach
  void leaveNothing() throws Exception {
    host.close();
    bed.reset();
    removeService();
  }

  private void removeService() throws Exception {
    try (WindowsHost local = WindowsHost.local()) {
      if (local.services().status(OWN).isPresent()) {
        bed.delete(OWN);
        bed.awaitMissing(OWN, LIMIT);
      }
    }
  }

  private ServiceStatus status(String service) throws Exception {
    return services.status(service).orElseThrow();
  }

  @Test
  void runningAndStopped() throws Exception {
    assertThat(host.kind()).isEqualTo(AccessKind.LOCAL);
    ServiceStatus running = status("smtpsvc");
    assertThat(running.state()).isEqualTo(ServiceState.RUNNING);
    assertThat(running.exitCode()).isZero();
    assertThat(running.processId()).isPositive();

    bed.stop("SMTPSVC");

    assertThat(status("SMTPSVC")).isEqualTo(new ServiceStatus(ServiceState.STOPPED, 0, 0, 0));
  }

  @Test
  void neverStarted() throws Exception {
    bed.create(OWN, "Test service", StartMode.MANUAL, "IISADMIN");

    assertThat(status(OWN)).isEqualTo(new ServiceStatus(ServiceState.STOPPED, 1077, 0, 0));
  }

  @Test
  void paused() throws Exception {
    control("SMTPSVC", Winsvc.SERVICE_CONTROL_PAUSE);
    bed.await("SMTPSVC", ServiceState.PAUSED, LIMIT);
    assertThat(status("SMTPSVC").state()).isEqualTo(ServiceState.PAUSED);

    control("SMTPSVC", Winsvc.SERVICE_CONTROL_CONTINUE);
    bed.await("SMTPSVC", ServiceState.RUNNING, LIMIT);
    assertThat(status("SMTPSVC").state()).isEqualTo(ServiceState.RUNNING);
  }

  @Test
  void hangingInStopAndInStart() throws Exception {
    bed.behaviour("SMTPSVC", ServiceBehaviour.normal().with(OnStop.HANG).with(OnStart.HANG));
    bed.requestStop("SMTPSVC");
    bed.await("SMTPSVC", ServiceState.STOP_PENDING, LIMIT);
    assertThat(status("SMTPSVC").state()).isEqualTo(ServiceState.STOP_PENDING);

    bed.behaviour("SMTPSVC", ServiceBehaviour.normal().with(OnStart.HANG));
    bed.await("SMTPSVC", ServiceState.STOPPED, LIMIT);
    bed.requestStart("SMTPSVC");
    bed.await("SMTPSVC", ServiceState.START_PENDING, LIMIT);
    assertThat(status("SMTPSVC").state()).isEqualTo(ServiceState.START_PENDING);
    assertThat(status("SMTPSVC").processId()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"5, 0, 5, 0", "1066, 42, 1066, 42"})
  void failedStart(int code, int specific, long exitCode, long specificExitCode) throws Exception {
    bed.stop("SMTPSVC");
    bed.behaviour(
        "SMTPSVC", ServiceBehaviour.normal().with(OnStart.FAIL).failingWith(code, specific));
    bed.requestStart("SMTPSVC");
    bed.await("SMTPSVC", ServiceState.STOPPED, LIMIT);

    assertThat(status("SMTPSVC"))
        .isEqualTo(new ServiceStatus(ServiceState.STOPPED, exitCode, specificExitCode, 0));
  }

  @Test
  void exitCodesAreUnsigned() throws Exception {
    bed.behaviour("SMTPSVC", ServiceBehaviour.normal().failingWith(1066, -2147467259));
    bed.quit("SMTPSVC");

    assertThat(status("SMTPSVC").specificExitCode()).isEqualTo(0x80004005L);
  }

  @Test
  void crashed() throws Exception {
    bed.crash("SMTPSVC");

    assertThat(status("SMTPSVC").exitCode()).isEqualTo(1067);
  }

  @Test
  void notInstalled() throws Exception {
    assertThat(services.status("NOSUCHSVC")).isEmpty();
    assertThat(services.config("NOSUCHSVC")).isEmpty();
    assertThat(services.dependents("NOSUCHSVC")).isEmpty();
  }

  private static final ServiceConfig.Details DETAILS =
      new ServiceConfig.Details(
          List.of(), "LocalSystem", Optional.of(RecoveryActions.NONE.with(Optional.of(false))));

  @Test
  void recoveryActions() throws Exception {
    bed.sc("\\\\.", "failure", "SMTPSVC", "reset=", "86400", "actions=", "restart/60000//5");
    bed.sc("\\\\.", "failureflag", "SMTPSVC", "1");

    assertThat(services.config("SMTPSVC").orElseThrow().details().recovery())
        .contains(
            new RecoveryActions(
                86_400,
                List.of(new Action(ActionType.RESTART, 60_000), new Action(ActionType.NONE, 5)),
                "",
                "",
                Optional.of(true)));
  }

  @Test
  void aWindowsThatRefusesTheRecoveryActionsHasNoneThatAreKnown() throws Exception {
    bed.fault(Win32Function.QUERY_SERVICE_CONFIG_2, "RESvc", 5);

    ServiceConfig read = services.config("RESvc").orElseThrow();
    assertThat(read.details().recovery()).isEmpty();
    assertThat(read.startMode()).isEqualTo(StartMode.MANUAL);
  }

  @Test
  void config() throws Exception {
    assertThat(services.config("SMTPSVC"))
        .contains(
            new ServiceConfig(
                "Simple Mail Transfer Protocol (SMTP)",
                StartMode.AUTO,
                List.of("IISADMIN"),
                DETAILS));
    assertThat(services.config("IISADMIN"))
        .contains(new ServiceConfig("IIS Admin Service", StartMode.AUTO, List.of(), DETAILS));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"BOOT", "SYSTEM"})
  void startModes(StartMode mode) throws Exception {
    bed.create(OWN, "Test service", mode, "IISADMIN");

    assertThat(services.config(OWN))
        .contains(new ServiceConfig("Test service", mode, List.of("IISADMIN"), DETAILS));
  }

  @Test
  void aWindowsThatDoesNotKnowDelayedStartsHasNone() throws Exception {
    bed.create(OWN, "Test service", StartMode.DELAYED_AUTO, "IISADMIN");
    bed.fault(Win32Function.QUERY_SERVICE_CONFIG_2, OWN, 124);

    assertThat(services.config(OWN).orElseThrow().startMode()).isEqualTo(StartMode.AUTO);
  }

  @Test
  void dependents() throws Exception {
    assertThat(services.dependents("IISADMIN")).containsExactlyInAnyOrder("SMTPSVC", "RESvc");
    assertThat(services.dependents("SMTPSVC")).isEmpty();
  }

  @Test
  void dependentsOfDependents() throws Exception {
    bed.create(OWN, "Test service", StartMode.MANUAL, "SMTPSVC");

    assertThat(services.dependents("IISADMIN"))
        .containsExactlyInAnyOrder("SMTPSVC", "RESvc", OWN)
        .containsSubsequence(OWN, "SMTPSVC");
  }

  @Test
  void theBufferForDependentsGrows() throws Exception {
    bed.fault(Win32Function.ENUM_DEPENDENT_SERVICES, "IISADMIN", 234, 3);

    assertThat(services.dependents("IISADMIN")).contains("SMTPSVC");
  }

  @Test
  void butNotForEver() {
    bed.fault(Win32Function.ENUM_DEPENDENT_SERVICES, "IISADMIN", 234);

    assertThatThrownBy(() -> services.dependents("IISADMIN"))
        .isInstanceOfSatisfying(CallFailed.class, e -> assertThat(e.error().code()).isEqualTo(234));
  }

  @Test
  void refusedByTheServiceControlManager() {
    bed.fault(Win32Function.OPEN_SC_MANAGER, ".", 5);

    assertThatThrownBy(() -> services.status("SMTPSVC"))
        .isInstanceOf(CallFailed.class)
        .hasMessageStartingWith("OpenSCManager failed: Access denied (5). The account needs")
        .hasMessageContaining("SC_MANAGER_CONNECT on the Service Control Manager");
  }

  @Test
  void refusedByAServiceNamesTheRight() {
    bed.fault(Win32Function.OPEN_SERVICE, "SMTPSVC", 5);

    assertThatThrownBy(() -> services.status("SMTPSVC"))
        .hasMessage(
            "OpenService SMTPSVC failed: Access denied (5)."
                + " The account needs SERVICE_QUERY_STATUS on the service SMTPSVC");
    assertThatThrownBy(() -> services.config("SMTPSVC"))
        .hasMessageContaining("SERVICE_QUERY_CONFIG on the service SMTPSVC");
    assertThatThrownBy(() -> services.dependents("SMTPSVC"))
        .hasMessageContaining("SERVICE_ENUMERATE_DEPENDENTS on the service SMTPSVC");
  }

  @ParameterizedTest
  @CsvSource({
    "QUERY_SERVICE_STATUS_EX, QueryServiceStatusEx SMTPSVC",
    "QUERY_SERVICE_CONFIG, QueryServiceConfig SMTPSVC",
    "QUERY_SERVICE_CONFIG_2, QueryServiceConfig2 SMTPSVC",
    "ENUM_DEPENDENT_SERVICES, EnumDependentServices SMTPSVC"
  })
  void aFailedCallIsNamedWithCodeAndText(Win32Function function, String call) throws Exception {
    services.status("SMTPSVC");
    int before = OpenHandles.ofRegistryAndServices();
    bed.fault(function, "SMTPSVC", 1722);

    assertThatThrownBy(
            () -> {
              services.status("SMTPSVC");
              services.config("SMTPSVC");
              services.dependents("SMTPSVC");
            })
        .isInstanceOfSatisfying(
            CallFailed.class,
            e -> {
              assertThat(e.error().call()).isEqualTo(call);
              assertThat(e.error().code()).isEqualTo(1722);
              assertThat(e).hasMessageMatching(call + " failed: .*RPC.* \\(1722\\)");
            });
    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
  }

  @Test
  void anotherMachine() throws Exception {
    try (WindowsHost other = WindowsHost.remote("localhost")) {
      assertThat(other.kind()).isEqualTo(AccessKind.WIN32);
      assertThat(other.services().status("SMTPSVC").orElseThrow().state())
          .isEqualTo(ServiceState.RUNNING);
    }
  }

  @Test
  void anotherMachineThatDoesNotAnswer() {
    bed.fault(Win32Function.OPEN_SC_MANAGER, "\\\\mail02", 1722);

    try (WindowsHost other = WindowsHost.remote("mail02")) {
      assertThatThrownBy(() -> other.services().status("SMTPSVC"))
          .hasMessageStartingWith("OpenSCManager \\\\mail02 failed: ");
    }
  }

  @Test
  void leavesNoHandle() throws Exception {
    services.status("SMTPSVC");
    int before = OpenHandles.ofRegistryAndServices();
    long begin = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      services.status("SMTPSVC");
      services.config("SMTPSVC");
      services.dependents("IISADMIN");
      services.status("NOSUCHSVC");
    }
    System.out.printf(
        "status + config + dependents + status: %.2f ms%n", (System.nanoTime() - begin) / 100e6);

    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
  }

  @Test
  void aKeptHandleThatDiedIsOpenedAnew() throws Exception {
    services.status("SMTPSVC");
    int before = OpenHandles.ofRegistryAndServices();
    bed.fault(Win32Function.OPEN_SERVICE, "SMTPSVC", 6, 1);

    assertThat(status("SMTPSVC").state()).isEqualTo(ServiceState.RUNNING);
    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);

    bed.fault(Win32Function.OPEN_SERVICE, "SMTPSVC", 1722, 2);
    assertThatThrownBy(() -> services.status("SMTPSVC")).hasMessageContaining("(1722)");
    assertThat(status("SMTPSVC").state()).isEqualTo(ServiceState.RUNNING);
    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
  }

  @Test
  void closingClosesTheKeptHandle() throws Exception {
    int before = OpenHandles.ofRegistryAndServices();
    services.status("SMTPSVC");
    host.close();

    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
    assertThatIllegalStateException().isThrownBy(() -> services.status("SMTPSVC"));
  }

  @Test
  void manyAskAtOnce() throws Exception {
    services.status("SMTPSVC");
    int before = OpenHandles.ofRegistryAndServices();
    List<Callable<Boolean>> questions = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      if (i % 20 == 0) {
        bed.fault(Win32Function.OPEN_SERVICE, "RESvc", 6, 3);
      }
      questions.add(() -> services.status("SMTPSVC").isPresent());
      questions.add(() -> services.status("NOSUCHSVC").isEmpty());
      questions.add(() -> failsOrAnswers("RESvc"));
    }
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (Future<Boolean> answer : pool.invokeAll(questions)) {
        assertThat(answer.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
  }

  private boolean failsOrAnswers(String service) throws Exception {
    try {
      return services.status(service).isPresent();
    } catch (CallFailed e) {
      return e.error().code() == 6;
    }
  }

  @Test
  void theCountSeesAHandleThatIsLeftOpen() throws Exception {
    int before = OpenHandles.ofRegistryAndServices();
    try (ServiceManager manager = new ServiceManager(null);
        ServiceHandle open =
            manager.open("SMTPSVC", ServiceRight.SERVICE_QUERY_STATUS).orElseThrow()) {
      assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before + 2);
      assertThat(open.handle()).isNotNull();
    }
    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
  }

  static void control(String service, int code) {
    Winsvc.SC_HANDLE manager =
        Advapi32.INSTANCE.OpenSCManager(null, null, Winsvc.SC_MANAGER_CONNECT);
    Winsvc.SC_HANDLE handle =
        Advapi32.INSTANCE.OpenService(manager, service, Winsvc.SERVICE_PAUSE_CONTINUE);
    try {
      assertThat(Advapi32.INSTANCE.ControlService(handle, code, new Winsvc.SERVICE_STATUS()))
          .isTrue();
    } finally {
      Advapi32.INSTANCE.CloseServiceHandle(handle);
      Advapi32.INSTANCE.CloseServiceHandle(manager);
    }
  }
}
