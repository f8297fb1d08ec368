package dev.imfexporter.cli;

import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.text.Documents;
import dev.imfexporter.winservice.Firewall;
import dev.imfexporter.winservice.Installation;
import dev.imfexporter.winservice.InstalledService;
import dev.imfexporter.winservice.LocalDisk;
import dev.imfexporter.winservice.Registration;
import dev.imfexporter.winservice.ServiceException;
import dev.imfexporter.winservice.ServiceManager;
import dev.imfexporter.winservice.ServiceProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Installs the exporter as a Windows service, and looks after that. */
@Command(
    name = "service",
    header = "Installs, starts, stops and removes the Windows service.",
    description = {
      "",
      "Behind install stand the flags of imf-exporter itself, such as --config.file=FILE and"
          + " --web.listen-address=HOST:PORT: the service runs with them. It starts with Windows"
          + " (delayed), is started again after a failure, and runs as an account of its own, "
          + Registration.OWN_ACCOUNT
          + ", which gets the rights that it needs and loses them by uninstall.",
      ""
    },
    exitCodeList = {
      " 0:done; status: it runs",
      " 1:Windows refused it, or the configuration is wrong",
      " 2:the command line is wrong",
      " 3:the output could not be written",
      " 4:status: it is installed and does not run",
      " 5:status: it is not installed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imf-exporter service install",
      "      watches this machine",
      "  imf-exporter service install --open-firewall=10.1.0.0/16 --config.file=C:\\imf\\imf-exporter.yml",
      "      watches the hosts of a file, and lets Prometheus in",
      "  imf-exporter service status",
    })
final class ServiceCommand implements Callable<Integer> {
  static final int NOT_RUNNING = 4;
  static final int NOT_INSTALLED = 5;

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(250);

  private final PrintStream out;
  private final PrintStream err;

  /** What to do. */
  enum Action {
    INSTALL,
    START,
    STOP,
    RESTART,
    STATUS,
    UNINSTALL,
    /** For the Service Control Manager alone. */
    RUN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @SuppressWarnings("NullAway.Init") // by picocli
  @Spec
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "ACTION",
      description = "install, start, stop, restart, status or uninstall; run is for Windows alone.")
  private @Nullable Action wanted;

  @Option(
      names = "--local-system",
      description = "install: run as LocalSystem, which may also read the modules of inetinfo.exe.")
  private boolean localSystem;

  @Option(
      names = "--open-firewall",
      paramLabel = "NETWORK",
      description =
          "install: let these addresses in, such as 10.1.0.0/16. Default: leave the firewall"
              + " alone.")
  private @Nullable String network;

  @Unmatched private List<String> flags = new ArrayList<>();

  ServiceCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws ConfigException, ServiceException, UsageException, IOException {
    if (wanted == null) {
      throw wrong("service needs an action: install, start, stop, restart, status or uninstall");
    }
    Action action = wanted;
    boolean takesFlags = action == Action.INSTALL || action == Action.RUN;
    if (!takesFlags && !flags.isEmpty()) {
      throw wrong("service %s takes no %s".formatted(action, flags.get(0)));
    }
    if (action != Action.INSTALL && (localSystem || network != null)) {
      throw wrong(
          "service %s takes no %s: it belongs to install"
              .formatted(action, localSystem ? "--local-system" : "--open-firewall"));
    }
    if (!System.getProperty("os.name").startsWith("Windows")) {
      throw new UsageException(
          "service is for Windows; here let the service manager of the system start"
              + " imf-exporter, see "
              + Documents.at("install.md"));
    }
    return switch (action) {
      case INSTALL -> install();
      case START -> start();
      case STOP -> stop();
      case RESTART -> restart();
      case STATUS -> status();
      case UNINSTALL -> uninstall();
      case RUN -> ServiceProcess.run(new ServedExporter(flags(), err));
    };
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private ServiceFlags flags() {
    return ServiceFlags.parse(flags, spec.commandLine());
  }

  private int install() throws ConfigException, ServiceException, UsageException, IOException {
    ServiceFlags exporter = flags();
    Firewall firewall = firewall(exporter);
    Path web = exporter.options().web.configFile;
    if (web != null) {
      CheckedConfig.loadWeb(web, err);
    }
    ConfigFiles config = exporter.options().configFiles();
    if (!config.isEmpty() && CheckedConfig.load(config, err).isEmpty()) {
      return Main.FAILED;
    }
    ProgramFiles program = ProgramFiles.ofThisProcess();
    for (Path file : List.of(program.jar(), program.java())) {
      if (!LocalDisk.has(file)) {
        throw new UsageException(
            "a service cannot run from %s, which is on another machine: Windows may start it before"
                    .formatted(file)
                + " the network is there, and its account has no drives of a user; copy the folder"
                + " of imf-exporter to a disk of this machine");
      }
    }
    Installation installation =
        new ServiceInstaller(program, exporter.withFolders())
            .installation(localSystem ? Registration.LOCAL_SYSTEM : Registration.OWN_ACCOUNT);
    installation.install(firewall, out::println);
    out.println("Start it now with: imf-exporter service start");
    return Main.OK;
  }

  private @Nullable Firewall firewall(ServiceFlags exporter) {
    if (network == null) {
      return null;
    }
    try {
      return new Firewall(
          exporter.options().web.listenAddresses.stream().map(ListenAddress::port).toList(),
          network);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--open-firewall': " + e.getMessage(), e);
    }
  }

  private int start() throws ServiceException {
    try (ServiceManager manager = ServiceManager.open()) {
      manager.start();
      InstalledService service = await(manager, InstalledService::running);
      out.printf("service %s runs, process %d%n", Registration.NAME, service.status().processId());
      return Main.OK;
    }
  }

  private int stop() throws ServiceException {
    try (ServiceManager manager = ServiceManager.open()) {
      stop(manager);
      out.printf("service %s is stopped%n", Registration.NAME);
      return Main.OK;
    }
  }

  private static void stop(ServiceManager manager) throws ServiceException {
    manager.stop();
    await(manager, InstalledService::stopped);
  }

  private int restart() throws ServiceException {
    stop();
    return start();
  }

  /** Asks for its status again and again until it is as wanted, at most for a minute. */
  private static InstalledService await(ServiceManager manager, Predicate<InstalledService> wanted)
      throws ServiceException {
    long begin = System.nanoTime();
    while (true) {
      InstalledService service = manager.needStatus();
      if (wanted.test(service)) {
        return service;
      }
      if (System.nanoTime() - begin > LIMIT.toNanos()) {
        throw manager.stillIn(service, LIMIT);
      }
      try {
        Thread.sleep(BETWEEN.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw manager.stillIn(service, LIMIT);
      }
    }
  }

  private int status() throws ServiceException {
    try (ServiceManager manager = ServiceManager.open()) {
      Optional<InstalledService> found = manager.status();
      if (found.isEmpty()) {
        out.printf(
            "service %s is not installed; install it with: imf-exporter service install%n",
            Registration.NAME);
        return NOT_INSTALLED;
      }
      out.print(ServiceText.status(found.get()));
      return found.get().running() ? Main.OK : NOT_RUNNING;
    }
  }

  private int uninstall() throws ServiceException, UsageException, IOException {
    InstalledService service;
    try (ServiceManager manager = ServiceManager.open()) {
      service = manager.needStatus();
      stop(manager);
    }
    ServiceFlags installed =
        ServiceFlags.parse(ServiceInstaller.flagsOf(service.command()), spec.commandLine());
    ProgramFiles program = ProgramFiles.ofThisProcess();
    new ServiceInstaller(program, installed)
        .installation(service.account())
        .uninstall(out::println);
    new ClassArchive(program).delete();
    Path history = installed.options().storagePath;
    if (history != null) {
      out.printf("History and log are still in %s: delete it if you need neither.%n", history);
    }
    return Main.OK;
  }
}
