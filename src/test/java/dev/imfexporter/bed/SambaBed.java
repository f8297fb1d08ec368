package dev.imfexporter.bed;

import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.demo.DemoHost;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Samba server on a port of this machine, in a folder of its own: winreg, eventlog and
 * srvsvc are Samba's, svcctl is a {@link ServicePipe}. Needs root and Debian's package samba. Ends
 * nothing but what it started.
 */
public final class SambaBed implements AutoCloseable {
  public static final int PORT = 14450;
  public static final String USER = "imf-bed";
  public static final String PASSWORD = "Bed-pw-7!";

  /** The key that an update of the definition writes into, below HKEY_LOCAL_MACHINE. */
  public static final String DEFINITION =
      "SOFTWARE\\Microsoft\\Updates\\Exchange Server 2003\\SP3\\KB907747";

  private static final String UPDATES = "src/test/native/updates.reg";
  private static final Duration START = Duration.ofSeconds(20);

  /** What a server speaks, named as the protocol that it is spoken to with. */
  public enum Variant {
    SMB2("server signing = mandatory"),
    SMB3_ENCRYPTED("server min protocol = SMB3_00\nsmb encrypt = required"),
    /** As Server 2003. */
    SMB1("server min protocol = NT1\nserver max protocol = NT1");

    private final String options;

    Variant(String options) {
      this.options = options;
    }

    /** Lines of its section [global]. */
    public String options() {
      return options;
    }
  }

  private final int port;
  private final Path folder;
  private final ServicePipe services;
  private final RegistryPipe registry;
  private final Path config;
  private long smbd;

  private SambaBed(
      int port, Path folder, ServicePipe services, RegistryPipe registry, Path config) {
    this.port = port;
    this.folder = folder;
    this.services = services;
    this.registry = registry;
    this.config = config;
  }

  /**
   * Starts the server.
   *
   * @param options further lines of its section [global]
   */
  public static SambaBed start(String... options) throws IOException {
    return startAt(PORT, options);
  }

  /** As {@link #start}, on a port of choice: several servers can run beside each other. */
  public static SambaBed startAt(int port, String... options) throws IOException {
    // Paths of sockets are short.
    Path folder = Files.createTempDirectory("imf-samba");
    for (String name :
        List.of(
            "private", "lock", "state", "cache", "pid", "ncalrpc", "bind", "log", "share", "MSCFV2",
            "np")) {
      Files.createDirectory(folder.resolve(name));
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path pipes = Files.createDirectories(folder.resolve("np").resolve("np"));
    for (String pipe : List.of("eventlog", "srvsvc", "lsarpc", "samr")) {
      serve(folder, pipe);
    }
    Path config = folder.resolve("smb.conf");
    Files.writeString(config, config(port, folder, options));
    SambaBed bed =
        new SambaBed(
            port,
            folder,
            ServicePipe.serve(pipes.resolve("svcctl")),
            RegistryPipe.serve(
                pipes.resolve("winreg"), folder.resolve("ncalrpc").resolve("np").resolve("winreg")),
            config);
    try {
      bed.account();
      bed.run();
      return bed;
    } catch (IOException | RuntimeException e) {
      bed.close();
      throw e;
    }
  }

  /**
   * Samba knows no registry views, and lets only an administrator ask for rights that it does not
   * know.
   */
  private static String config(int port, Path folder, String... options) {
    return """
        [global]
        workgroup = WORKGROUP
        netbios name = MAIL01
        server role = standalone server
        interfaces = lo 127.0.0.1
        bind interfaces only = yes
        smb ports = %d
        disable netbios = yes
        private dir = F/private
        lock directory = F/lock
        state directory = F/state
        cache directory = F/cache
        pid directory = F/pid
        ncalrpc dir = F/ncalrpc
        binddns dir = F/bind
        log file = F/log/log.smbd
        passdb backend = tdbsam
        map to guest = never
        load printers = no
        printing = bsd
        printcap name = /dev/null
        disable spoolss = yes
        server min protocol = SMB2
        server max protocol = SMB3
        ntlm auth = ntlmv2-only
        eventlog list = Application System
        admin users = root imf-bed
        external_rpc_pipe:socket_dir = F/np
        %s
        [share]
        path = F/share
        read only = yes
        [MSCFV2]
        path = F/MSCFV2
        read only = yes
        """
        .formatted(port, String.join("\n", options))
        .replace("F/", folder + "/");
  }

  private void account() throws IOException {
    if (command("", "id", USER) != 0) {
      command("", "useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER);
    }
    password(PASSWORD);
  }

  /** Gives the account this password. */
  public void password(String password) throws IOException {
    require(
        password + "\n" + password + "\n", "smbpasswd", "-c", config.toString(), "-s", "-a", USER);
  }

  /** Sets the flags of the account (pdbedit(8), --account-control), such as {@code [L]}. */
  public void account(String flags) throws IOException {
    require("", "pdbedit", "-s", config.toString(), "-r", "-u", USER, "-c", flags);
  }

  /** In a session of its own: at its end, smbd ends its whole process group. */
  private void run() throws IOException {
    ProcessBuilder process =
        new ProcessBuilder("setsid", "smbd", "-F", "--no-process-group", "-s", config.toString())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").resolve("stdout").toFile());
    smbd = process.start().pid();
    await("smbd listens, see " + folder).atMost(START).until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  public ServicePipe services() {
    return services;
  }

  /** A text or, with {@code dword}, a number below HKEY_LOCAL_MACHINE. */
  public void registry(String key, String name, String type, String value) throws IOException {
    String path = "HKLM\\" + key;
    require("", "net", "-s", config.toString(), "registry", "createkey", path);
    require("", "net", "-s", config.toString(), "registry", "setvalue", path, name, type, value);
  }

  /** Writes a record of the log System. */
  public void event(long number, Instant at, int id, String source, String... strings)
      throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "LEN: 0",
                "RS1: 1699505740",
                "RCN: " + number,
                "TMG: " + at.getEpochSecond(),
                "TMW: " + at.getEpochSecond(),
                "EID: " + id,
                "ETP: INFO",
                "ECT: 0",
                "RS2: 0",
                "CRN: 0",
                "USL: 0",
                "SRC: " + source,
                "SRN: MAIL01"));
    Arrays.stream(strings).map(text -> "STR: " + text).forEach(lines::add);
    lines.add("DAT: ");
    require(
        String.join("\n", lines) + "\n\n",
        "eventlogadm",
        "-s",
        config.toString(),
        "-o",
        "write",
        "System");
    command("", "chmod", "-R", "a+rX", folder.resolve("state").resolve("eventlog").toString());
  }

  /**
   * Makes a healthy Exchange 2003 of it: its services, definition 6.5.7936.0, the schedule of
   * updates, counters and two records in its log. Afterwards, the performance data is that of a
   * demo.
   */
  public void exchange() throws IOException {
    services.put(
        "IISADMIN",
        new ServicePipe.Service(
            ServiceState.RUNNING, 2, false, "IIS Admin Service", List.of("RPCSS")));
    services.put(
        "SMTPSVC",
        new ServicePipe.Service(
            ServiceState.RUNNING,
            2,
            false,
            "Simple Mail Transfer Protocol (SMTP)",
            List.of("IISADMIN")));
    services.put(
        "RESvc",
        new ServicePipe.Service(
            ServiceState.STOPPED,
            3,
            false,
            "Microsoft Exchange Routing Engine",
            List.of("IISADMIN")));
    registry(DEFINITION, "PackageVersion", "sz", "6.5.7936.0");
    Files.createDirectories(versionFolders().resolve("6.5.7936.0"));
    require("", "net", "-s", config.toString(), "registry", "import", UPDATES);
    Instant begin = Instant.now().minusSeconds(3600);
    for (int record = 1; record <= 2; record++) {
      event(record, begin.plusSeconds(record), 7036, "Service Control Manager", "SMTP", "running");
    }
    registry.performance(DemoHost.play(InstantSource.system(), Duration.ZERO).performanceData());
  }

  /** The folder that the share {@code MSCFV2} shows. */
  public Path versionFolders() {
    return folder.resolve("MSCFV2");
  }

  public RegistryPipe registryPipe() {
    return registry;
  }

  /** Serves a pipe again, or no longer. */
  public void pipe(String name, boolean served) throws IOException {
    Path pipe = folder.resolve("np").resolve("np").resolve(name);
    Path away = folder.resolve("np").resolve(name);
    Files.move(served ? away : pipe, served ? pipe : away);
  }

  private static void serve(Path folder, String pipe) throws IOException {
    Files.createSymbolicLink(
        folder.resolve("np").resolve("np").resolve(pipe),
        folder.resolve("ncalrpc").resolve("np").resolve(pipe));
  }

  /** The folder that the share {@code share} shows. */
  public Path share() {
    return folder.resolve("share");
  }

  /** Freezes the server and the servers of its pipes, or lets them go on. */
  public void freeze(boolean frozen) throws IOException {
    for (ProcessHandle process : processes()) {
      command("", "kill", frozen ? "-STOP" : "-CONT", Long.toString(process.pid()));
    }
  }

  /** How many connections to the server stand, as the kernel knows (proc(5), /proc/net/tcp). */
  public long connections() throws IOException {
    String established = ".*: \\S+:%04X \\S+ 01 .*".formatted(port);
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/tcp"))) {
      return lines.filter(line -> line.matches(established)).count();
    }
  }

  /** How many handles of files and folders below {@link #share} clients have open. */
  public long openHandles() throws IOException {
    require("", "smbstatus", "-s", config.toString(), "-L");
    try (Stream<String> lines = Files.lines(folder.resolve("log").resolve("command"))) {
      return lines.filter(line -> line.contains(share().toString())).count();
    }
  }

  /**
   * How many log-ins the server has answered so since it started. It has to be told to note them:
   * {@code log level = 0 auth_audit:3}.
   */
  public long logins(String status) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("log").resolve("log.smbd"))) {
      return lines
          .filter(line -> line.contains("Auth: [") && line.contains("[" + status + "]"))
          .count();
    }
  }

  /** Ends the connections that there are; the server takes new ones. */
  public void dropConnections() {
    ProcessHandle.of(smbd).stream()
        .flatMap(ProcessHandle::children)
        .filter(child -> child.info().command().orElse("").endsWith("smbd"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Stops the server. */
  public void stop() {
    ProcessHandle.of(smbd).ifPresent(SambaBed::end);
    try {
      Path dcerpcd = folder.resolve("pid").resolve("samba-dcerpcd.pid");
      if (Files.exists(dcerpcd)) {
        long pid = Long.parseLong(Files.readString(dcerpcd).strip());
        ProcessHandle.of(pid).ifPresent(SambaBed::end);
        Files.deleteIfExists(dcerpcd);
      }
      Files.deleteIfExists(folder.resolve("pid").resolve("smbd.pid"));
    } catch (IOException e) {
      throw new IllegalStateException("cannot stop the pipes of " + folder, e);
    }
  }

  /** Starts it again after {@link #stop}. */
  public void restart() throws IOException {
    run();
  }

  private List<ProcessHandle> processes() {
    List<ProcessHandle> all = new ArrayList<>();
    ProcessHandle.of(smbd)
        .ifPresent(
            parent -> {
              all.add(parent);
              parent.descendants().forEach(all::add);
            });
    return all;
  }

  private static void end(ProcessHandle process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    await("process " + process.pid() + " ends")
        .atMost(START)
        .until(() -> !process.isAlive() || zombie(process.pid()));
  }

  /** An ended process stays where its parent does not reap it. */
  private static boolean zombie(long pid) throws IOException {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    return Files.exists(stat) && Files.readString(stat).replaceAll(".*\\) ", "").startsWith("Z");
  }

  private void require(String input, String... command) throws IOException {
    int code = command(input, command);
    if (code != 0) {
      throw new IOException(
          String.join(" ", command)
              + " ended with "
              + code
              + ": "
              + Files.readString(folder.resolve("log").resolve("command")));
    }
  }

  private int command(String input, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").resolve("command").toFile())
            .start();
    try (var to = process.getOutputStream()) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException ended) {
      // It did not want its input.
    }
    try {
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    try {
      freeze(false);
      stop();
    } finally {
      services.close();
      registry.close();
      command("", "rm", "-rf", folder.toString());
    }
  }
}
