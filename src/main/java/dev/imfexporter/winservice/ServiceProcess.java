package dev.imfexporter.winservice;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.HandlerEx;
import com.sun.jna.platform.win32.Winsvc.SERVICE_MAIN_FUNCTION;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_TABLE_ENTRY;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * This process as a service. It says RUNNING before the program begins: a monitor that Windows
 * takes for one that hangs at the start, on a machine that is busy after an update, would not be
 * there when it is needed.
 *
 * <p>The table, the handler and the main function are fields: Windows calls them for as long as the
 * process lives, and JNA frees what Java no longer refers to.
 */
public final class ServiceProcess {
  private static final Logger LOG = System.getLogger(ServiceProcess.class.getName());

  private static final int CONTROL_STOP = 1;
  private static final int CONTROL_INTERROGATE = 4;
  private static final int CONTROL_SHUTDOWN = 5;
  private static final int CONTROL_PRESHUTDOWN = 15;

  /** SERVICE_ACCEPT_STOP, _SHUTDOWN and _PRESHUTDOWN. */
  private static final int ACCEPTED = 1 | 4 | 0x100;

  /** What the program gets to end, and Windows is asked to wait for. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final Program program;
  private final HandlerEx handler = this::control;
  private final SERVICE_MAIN_FUNCTION main = (count, arguments) -> serve();
  private final SERVICE_TABLE_ENTRY[] table;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable SERVICE_STATUS_HANDLE statusHandle;
  private volatile int state = Winsvc.SERVICE_START_PENDING;
  private volatile int exitCode;

  /** What runs as a service. */
  public interface Program {
    /** Runs until it is asked to stop, or fails; returns the exit code. */
    int run();

    /** Asks {@link #run} to return; called on another thread, perhaps more than once. */
    void stop();
  }

  private ServiceProcess(Program program) {
    this.program = program;
    table = (SERVICE_TABLE_ENTRY[]) new SERVICE_TABLE_ENTRY().toArray(2);
    table[0].lpServiceName = Registration.NAME;
    table[0].lpServiceProc = main;
  }

  /**
   * Runs a program for the Service Control Manager, to its end.
   *
   * @return its exit code
   * @throws ServiceException if the SCM did not start this process
   */
  public static int run(Program program) throws ServiceException {
    ServiceProcess process = new ServiceProcess(program);
    if (!Advapi32.INSTANCE.StartServiceCtrlDispatcher(process.table)) {
      ServiceException failure = ServiceException.lastError("StartServiceCtrlDispatcher");
      throw failure.code() == WinError.ERROR_FAILED_SERVICE_CONTROLLER_CONNECT
          ? ServiceException.because(
              "service run is for the Service Control Manager of Windows;"
                  + " start the service with imf-exporter service start")
          : failure;
    }
    return process.exitCode;
  }

  /** On a thread of Windows. The process may be ended as soon as STOPPED is reported. */
  private void serve() {
    statusHandle = Advapi32.INSTANCE.RegisterServiceCtrlHandlerEx(Registration.NAME, handler, null);
    if (statusHandle == null) {
      LOG.log(
          Level.ERROR,
          ServiceException.lastError("RegisterServiceCtrlHandlerEx " + Registration.NAME)
              .getMessage());
      exitCode = 1;
      return;
    }
    report(Winsvc.SERVICE_RUNNING);
    try {
      exitCode = program.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "imf-exporter failed unexpectedly", e);
      exitCode = 1;
    }
    ended.countDown();
    report(Winsvc.SERVICE_STOPPED);
  }

  private int control(
      int control, int type, com.sun.jna.Pointer data, com.sun.jna.Pointer context) {
    switch (control) {
      case CONTROL_STOP, CONTROL_SHUTDOWN, CONTROL_PRESHUTDOWN -> stop();
      case CONTROL_INTERROGATE -> report(state);
      default -> {
        return WinError.ERROR_CALL_NOT_IMPLEMENTED;
      }
    }
    return WinError.NO_ERROR;
  }

  private synchronized void stop() {
    if (state != Winsvc.SERVICE_RUNNING) {
      return;
    }
    report(Winsvc.SERVICE_STOP_PENDING);
    Thread bounded = new Thread(this::endInTime, "service stop");
    bounded.setDaemon(true);
    bounded.start();
    program.stop();
  }

  /** A disk or host that hangs must not keep Windows from shutting down. */
  private void endInTime() {
    try {
      if (!ended.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "not everything was closed within " + STOP_LIMIT.toSeconds() + " s");
        report(Winsvc.SERVICE_STOPPED);
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void report(int now) {
    if (state == Winsvc.SERVICE_STOPPED) {
      return;
    }
    state = now;
    SERVICE_STATUS status = new SERVICE_STATUS();
    status.dwServiceType = WinNT.SERVICE_WIN32_OWN_PROCESS;
    status.dwCurrentState = now;
    status.dwControlsAccepted = now == Winsvc.SERVICE_RUNNING ? ACCEPTED : 0;
    status.dwWaitHint =
        now == Winsvc.SERVICE_STOP_PENDING ? (int) STOP_LIMIT.plusSeconds(1).toMillis() : 0;
    if (now == Winsvc.SERVICE_STOPPED && exitCode != 0) {
      // With the flag of the recovery actions, Windows starts a service again that ends so.
      status.dwWin32ExitCode = WinError.ERROR_SERVICE_SPECIFIC_ERROR;
      status.dwServiceSpecificExitCode = exitCode;
    }
    if (!Advapi32.INSTANCE.SetServiceStatus(statusHandle, status)) {
      LOG.log(
          Level.WARNING,
          ServiceException.lastError("SetServiceStatus " + Registration.NAME).getMessage());
    }
  }
}
