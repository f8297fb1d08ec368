package dev.imfexporter.cli;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.demo.DemoHost;
import dev.imfexporter.access.win32.WindowsHost;
import dev.imfexporter.config.Access;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.config.Module;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.DefinitionReading;
import dev.imfexporter.reading.NotApplicable;
import dev.imfexporter.reading.Reading;
import dev.imfexporter.reading.ReadingName;
import dev.imfexporter.reading.ServicesReading;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.reading.SmtpReading;
import dev.imfexporter.watch.WatchPlan;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Turns what the configuration says of a host into what watches it. */
final class HostSetup {

  /**
   * Three readings, two watches of the definition's key, one subscription: all may block at once.
   */
  private static final int CALLS = 6;

  private static final int IDLE_SECONDS = 30;

  private HostSetup() {}

  /**
   * The way to the host; it does no input or output yet.
   *
   * @throws CannotStart if this machine does not have that way
   */
  static HostAccess open(HostConfig host) throws CannotStart {
    if (host.access() != Access.DEMO && !onWindows()) {
      throw new CannotStart(
          "hosts."
              + host.name()
              + ".access: "
              + host.access().word()
              + " makes Win32 calls and works on Windows only, not on "
              + System.getProperty("os.name")
              + ". Run imf-exporter on a Windows machine, or use access: demo");
    }
    return switch (host.access()) {
      case LOCAL -> WindowsHost.local();
      case WINDOWS -> WindowsHost.remote(host.name());
      case DEMO -> DemoHost.article(InstantSource.system());
    };
  }

  static boolean onWindows() {
    return System.getProperty("os.name").startsWith("Windows");
  }

  static WatchPlan plan(HostConfig host) {
    Module module = host.module();
    return new WatchPlan(
        host.name(),
        new ServicesReading(module.services().names(), InstantSource.system()),
        module.definition().enabled()
            ? new DefinitionReading(module.definition().folder(), ZoneId.systemDefault())
            : HostSetup.<Definition>switchedOff(ReadingName.DEFINITION),
        module.smtp() ? new SmtpReading() : HostSetup.<Smtp>switchedOff(ReadingName.SMTP),
        module.services().interval(),
        module.definition().interval(),
        module.readingTimeout());
  }

  /** Threads for calls that may block for ever, and then must not keep the program from ending. */
  static ExecutorService calls() {
    ThreadPoolExecutor calls =
        new ThreadPoolExecutor(
            CALLS,
            CALLS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "imf-call");
              thread.setDaemon(true);
              return thread;
            });
    calls.allowCoreThreadTimeOut(true);
    return calls;
  }

  private static <T> Reading<T> switchedOff(ReadingName name) {
    return new Reading<>() {
      @Override
      public ReadingName name() {
        return name;
      }

      @Override
      public T take(HostAccess host) throws NotApplicable {
        throw new NotApplicable("Switched off by the configuration");
      }
    };
  }
}
