package dev.imfexporter.bed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Steers the Windows test bed, from inside its Windows JVM or from the Linux machine that runs it.
 * Services, registry and performance data are Wine's own or the stand-ins' in {@code
 * src/test/native}; the files that steer them are in {@code C:\imf-bed}. Not thread-safe: one test
 * at a time has the bed. Every method ends by a deadline; what fails throws {@link
 * IllegalStateException} with the command and its output.
 */
public final class WindowsBed {
  /** What a test class locks ({@code @ResourceLock}) while it uses the one bed of a checkout. */
  public static final String LOCK = "windows bed";

  /** Stands for any name in a {@link #fault}. */
  public static final String ANY = "*";

  /** The key that an update of the definition writes {@code PackageVersion} into. */
  public static final String DEFINITION_KEY =
      "HKLM\\SOFTWARE\\Microsoft\\Updates\\Exchange Server 2003\\SP3\\KB907747";

  /** The key of {@code ContentFilterState}. */
  public static final String EXCHANGE_KEY = "HKLM\\SOFTWARE\\Microsoft\\Exchange";

  private static final String DEFAULT_VERSION = "6.5.7936.0";
  private static final String INETINFO = "C:\\windows\\system32\\inetsrv\\inetinfo.exe";
  private static final String CRASH = "134";
  private static final String QUIT = "130";
  private static final int TIMED_OUT = 3;

  /** Above the ten seconds that the SCM gives a process to report. */
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

  private static final Duration STATE_LIMIT = Duration.ofSeconds(20);

  private final Path drive;
  private final List<String> launcher;
  private final IniFile behaviours;
  private final IniFile faults;
  private final PerformanceProvider performance;
  private final IniFile clocks;

  private WindowsBed(Path drive, List<String> launcher) {
    this.drive = drive;
    this.launcher = launcher;
    this.behaviours = new IniFile(steering("services.ini"));
    this.faults = new IniFile(steering("faults.ini"));
    this.performance = new PerformanceProvider(new IniFile(steering("performance.ini")));
    this.clocks = new IniFile(steering("clock.ini"));
  }

  /** The bed that this JVM runs in, or the bed of this checkout when the JVM runs on Linux. */
  public static WindowsBed open() {
    boolean inside = System.getProperty("os.name").startsWith("Windows");
    Path drive = inside ? Path.of("C:\\") : Path.of("target/bed/prefix/drive_c").toAbsolutePath();
    if (!Files.isDirectory(drive.resolve("imf-bed"))) {
      throw new IllegalStateException(
          drive.resolve("imf-bed") + " is missing; run: src/test/bed/windows up");
    }
    return new WindowsBed(
        drive,
        inside ? List.of() : List.of(Path.of("src/test/bed/windows").toAbsolutePath().toString()));
  }

  /** Starts a service and waits until it runs. */
  public void start(String service) {
    requestStart(service);
    await(service, ServiceState.RUNNING, STATE_LIMIT);
  }

  /** Starts a service as far as START_PENDING. */
  public void requestStart(String service) {
    scmctl("start", service).runOrThrow();
  }

  /** Stops a service and waits until it is stopped. Its dependents are left alone. */
  public void stop(String service) {
    requestStop(service);
    await(service, ServiceState.STOPPED, STATE_LIMIT);
  }

  /** Asks a service to stop. */
  public void requestStop(String service) {
    scmctl("stop", service).runOrThrow();
  }

  /** Lets a running service go to STOPPED with 1067, as the SCM says of a process that died. */
  public void crash(String service) {
    scmctl("control", service, CRASH).runOrThrow();
    await(service, ServiceState.STOPPED, STATE_LIMIT);
  }

  /** Lets a running service stop by itself, with the exit codes of its behaviour. */
  public void quit(String service) {
    scmctl("control", service, QUIT).runOrThrow();
    await(service, ServiceState.STOPPED, STATE_LIMIT);
  }

  /** Waits for a state. */
  public void await(String service, ServiceState state, Duration limit) {
    await(service, state.name(), limit);
  }

  /** Waits until the SCM does not know the service any more. */
  public void awaitMissing(String service, Duration limit) {
    await(service, "MISSING", limit);
  }

  private void await(String service, String state, Duration limit) {
    BedCommand.Result result =
        scmctl("wait", service, state, Long.toString(limit.toMillis())).run();
    if (result.exitCode() != 0) {
      String kind = result.exitCode() == TIMED_OUT ? "waited in vain: " : "could not wait: ";
      throw new IllegalStateException(kind + result + "; log: " + serviceLog());
    }
  }

  /** Creates a stand-in service that depends on another one. */
  public void create(String service, String displayName, StartMode mode, String requires) {
    scmctl("create", service, displayName, word(mode), INETINFO, requires).runOrThrow();
  }

  /** Marks a service for deletion: it goes when it is stopped and every handle on it is closed. */
  public void delete(String service) {
    scmctl("delete", service).runOrThrow();
  }

  /** Sets when a service starts. Stand-ins cannot be BOOT or SYSTEM. */
  public void startMode(String service, StartMode mode) {
    scmctl("startmode", service, word(mode)).runOrThrow();
  }

  /**
   * Gives a command to sc.exe, of which a stand-in takes what sets up a service.
   *
   * @param arguments behind the name of the program, such as {@code \\\\HOST config ...}
   */
  public void sc(String... arguments) {
    List<String> words = new ArrayList<>(List.of("sc"));
    words.addAll(List.of(arguments));
    scmctl(words.toArray(String[]::new)).runOrThrow();
  }

  private static String word(StartMode mode) {
    return mode == StartMode.DELAYED_AUTO ? "delayed" : mode.name().toLowerCase(Locale.ROOT);
  }

  /** Sets how a service starts and stops from now on. */
  public void behaviour(String service, ServiceBehaviour behaviour) {
    behaviours.replace(service, behaviour.lines());
  }

  /** The performance data of {@code SMTP Server}. */
  public PerformanceProvider performance() {
    return performance;
  }

  /** The event logs, and what the services' SCM writes into them. */
  public EventLogs eventLogs() {
    return new EventLogs(drive.resolve("imf-bed"), behaviours, this::scmctl);
  }

  /** Lets a service load this DLL at its next start. A later {@link #behaviour} undoes it. */
  public void plugin(String service, String path) {
    behaviours.set(service, "Plugin", path);
  }

  /** How long the bed's own plug-in holds up the process that loads and unloads it, from now on. */
  public void pluginDelays(Duration load, Duration unload) {
    behaviours.set("plugin.dll", "LoadDelayMs", Long.toString(load.toMillis()));
    behaviours.set("plugin.dll", "UnloadDelayMs", Long.toString(unload.toMillis()));
  }

  /**
   * Sets the clock of another machine, as NetRemoteTOD tells it.
   *
   * @param ahead of the clock of this machine
   */
  public void remoteClock(String machine, Duration ahead, Duration uptime) {
    clocks.set(machine, "OffsetMs", Long.toString(ahead.toMillis()));
    clocks.set(machine, "UptimeMs", Long.toString(uptime.toMillis()));
  }

  /** Makes a function fail for a name until {@link #noFault}. Only in the Windows JVM. */
  public void fault(Win32Function function, String name, int win32Code) {
    faults.set(function.export(), name, Integer.toString(win32Code));
  }

  /** Makes the next {@code times} calls of a function for a name fail. */
  public void fault(Win32Function function, String name, int win32Code, int times) {
    faults.set(function.export(), name, win32Code + "," + times);
  }

  /**
   * Lets the notification that is asked for come after the handle of the service is closed, the
   * next time that this happens. Only in the Windows JVM.
   */
  public void notifyAfterClose(String service, Duration after) {
    faults.set("CloseServiceHandle", service, after.toMillis() + ",1");
  }

  /** Makes a function hang for a name until {@link #noFault}. */
  public void hang(Win32Function function, String name) {
    faults.set(function.export(), name, "hang");
  }

  /** Ends a fault; calls that hang return. */
  public void noFault(Win32Function function, String name) {
    faults.remove(function.export(), name);
  }

  /** The values of a registry key as {@code reg query} prints them; of a missing key, its error. */
  public String registryText(String key) {
    return command("reg", "query", key).run().output();
  }

  /** Writes a REG_SZ; {@code key} begins with HKLM. */
  public void registry(String key, String value, String data) {
    registry(key, value, "REG_SZ", data);
  }

  /** Writes a REG_DWORD. */
  public void registry(String key, String value, int data) {
    registry(key, value, "REG_DWORD", Integer.toUnsignedString(data));
  }

  private void registry(String key, String value, String type, String data) {
    command("reg", "add", key, "/v", value, "/t", type, "/d", data, "/f").runOrThrow();
  }

  public void deleteRegistryValue(String key, String value) {
    command("reg", "delete", key, "/v", value, "/f").runOrThrow();
  }

  /** Deletes a key with everything below it. */
  public void deleteRegistryKey(String key) {
    command("reg", "delete", key, "/f").runOrThrow();
  }

  /** Adds a version folder of the definition, as its update does first. */
  public void versionFolder(String version) {
    try {
      Files.createDirectories(versionFolders().resolve(version));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes all version folders with the folder that they are in. */
  public void deleteVersionFolders() {
    if (!Files.exists(versionFolders())) {
      return;
    }
    try (Stream<Path> paths = Files.walk(versionFolders())) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of the version folders, as this JVM sees it. */
  public Path versionFolders() {
    return drive.resolve("Program Files").resolve("Exchsrvr").resolve("bin").resolve("MSCFV2");
  }

  /** Every status that a stand-in service reported since {@link #reset}, in order. */
  public List<LoggedStatus> serviceLog() {
    try {
      List<LoggedStatus> log = new ArrayList<>();
      for (String line : Files.readAllLines(steering("services.log"), US_ASCII)) {
        log.add(LoggedStatus.parse(line));
      }
      return log;
    } catch (NoSuchFileException absent) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Back to the default state: no faults, values 0, IISADMIN and SMTPSVC running, RESvc stopped,
   * the registry and the one version folder of definition 6.5.7936.0, empty logs. Services that a
   * test created stay: it deletes them. Close handles on deleted services first.
   */
  public void reset() {
    behaviours.clear();
    faults.clear();
    performance.clear();
    clocks.clear();
    scmctl("defaults").runOrThrow();
    command("reg", "import", "C:\\imf-bed\\defaults.reg").runOrThrow();
    deleteVersionFolders();
    versionFolder(DEFAULT_VERSION);
    try {
      Files.deleteIfExists(steering("services.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path steering(String file) {
    return drive.resolve("imf-bed").resolve(file);
  }

  private BedCommand scmctl(String... arguments) {
    return command(launcher.isEmpty() ? steering("scmctl.exe").toString() : "scmctl", arguments);
  }

  private BedCommand command(String program, String... arguments) {
    List<String> words = new ArrayList<>(launcher);
    words.add(program);
    words.addAll(List.of(arguments));
    return new BedCommand(words, COMMAND_LIMIT);
  }
}
