package dev.imfexporter.bed;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.demo.DemoHost;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real domain controller of Samba, which takes no NTLM, and is the host that is read too: winreg,
 * eventlog and srvsvc are Samba's, svcctl is a {@link ServicePipe}. Needs root and the packages
 * that bin/install-test-tools installs for it. Ends nothing but what it started.
 */
public final class KerberosBed implements AutoCloseable {
  public static final String REALM = "BED.TEST";
  public static final String ADDRESS = "127.0.77.1";
  public static final int PORT = 445;
  public static final String PASSWORD = "Imf-pw-7!x";

  /** A KDC of a realm whose port takes connections, if a test listens there, and never answers. */
  public static final String SILENT_ADDRESS = "127.0.77.8";

  public static final int SILENT_PORT = 18888;

  /** Of the KDC of SCRIPTED.TEST at the same address, which a test plays. */
  public static final int SCRIPTED_PORT = 18890;

  private static final String SCRIPT = "src/test/bed/kerberos";
  private static final Duration UP = Duration.ofMinutes(5);
  private static final Duration ONE_COMMAND = Duration.ofMinutes(1);

  private final Path folder;
  private final ServicePipe services;
  private final RegistryPipe registry;

  private KerberosBed(Path folder, ServicePipe services, RegistryPipe registry) {
    this.folder = folder;
    this.services = services;
    this.registry = registry;
  }

  /** Starts the domain, and names its krb5.conf to the Java of this process. */
  public static KerberosBed start() throws IOException {
    Path folder = Files.createTempDirectory("imf-krb");
    Path pipes = Files.createDirectories(folder.resolve("np").resolve("np"));
    Path winreg = folder.resolve("ncalrpc").resolve("np").resolve("winreg");
    KerberosBed bed =
        new KerberosBed(
            folder,
            ServicePipe.serve(pipes.resolve("svcctl")),
            RegistryPipe.serve(pipes.resolve("winreg"), winreg));
    try {
      bed.require(UP, SCRIPT, "up", folder.toString());
      System.setProperty("java.security.krb5.conf", bed.file("krb5.conf").toString());
      bed.services.put("SMTPSVC", smtp(ServiceState.RUNNING));
      bed.services.put("IISADMIN", smtp(ServiceState.RUNNING));
      bed.registry.performance(
          DemoHost.play(InstantSource.fixed(Instant.now()), Duration.ZERO).performanceData());
      return bed;
    } catch (IOException | RuntimeException e) {
      bed.close();
      throw e;
    }
  }

  private static ServicePipe.Service smtp(ServiceState state) {
    return new ServicePipe.Service(state, 2, false, "Simple Mail Transfer Protocol", List.of());
  }

  public ServicePipe services() {
    return services;
  }

  /** A file of the domain: {@code imf.keytab}, {@code imf.ccache}. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** A text below HKEY_LOCAL_MACHINE. */
  public void registry(String key, String name, String value) throws IOException {
    String config = file("smb.conf").toString();
    String path = "HKLM\\" + key;
    require(ONE_COMMAND, "net", "-s", config, "registry", "createkey", path);
    require(ONE_COMMAND, "net", "-s", config, "registry", "setvalue", path, name, "sz", value);
  }

  /** Writes a record of the log System. */
  public void event(long number, int id, String source, String text) throws IOException {
    String record =
        """
        LEN: 0
        RS1: 1699505740
        RCN: %d
        TMG: 1795800000
        TMW: 1795800000
        EID: %d
        ETP: INFO
        ECT: 0
        RS2: 0
        CRN: 0
        USL: 0
        SRC: %s
        SRN: DC1
        STR: %s
        DAT:\s

        """
            .formatted(number, id, source, text);
    Path input = file("log").resolve("input");
    Files.writeString(input, record);
    String config = file("smb.conf").toString();
    require(
        ONE_COMMAND,
        "sh",
        "-c",
        "eventlogadm -s '%s' -o write System < '%s'".formatted(config, input));
    require(ONE_COMMAND, "chmod", "-R", "a+rX", file("state").resolve("eventlog").toString());
  }

  /** Whether new sessions are encrypted, a moment from now. */
  public void encrypts(boolean encrypts) throws IOException {
    Files.writeString(file("extra.conf"), "smb encrypt = " + (encrypts ? "desired" : "off") + "\n");
    require(ONE_COMMAND, "smbcontrol", "-s", file("smb.conf").toString(), "smbd", "reload-config");
  }

  /** Sets the clock of the controller, against that of this machine. */
  public void clock(Duration off) throws IOException {
    require(ONE_COMMAND, SCRIPT, "clock", folder.toString(), Long.toString(off.toSeconds()));
  }

  /**
   * How many log-ins of an account the KDC has answered so.
   *
   * @param status such as NT_STATUS_WRONG_PASSWORD
   */
  public long logins(String user, String status) throws IOException {
    return logins(user).stream().filter(line -> line.contains("[" + status + "]")).count();
  }

  /** A line of the KDC's log for each log-in of an account that it has answered. */
  public List<String> logins(String user) throws IOException {
    try (Stream<String> lines = Files.lines(file("log").resolve("log.samba"))) {
      return lines
          .filter(line -> line.contains("Auth: [Kerberos KDC"))
          .filter(line -> line.contains("\\[" + user + "@" + REALM + "]"))
          .toList();
    }
  }

  /** Runs a command that sees the names and the DNS of the domain; its output. */
  public String in(List<String> command) throws IOException {
    List<String> all = new ArrayList<>(List.of(SCRIPT, "in", folder.toString()));
    all.addAll(command);
    int unused = run(UP, all.toArray(String[]::new));
    return output();
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("command"), StandardCharsets.UTF_8);
  }

  private void require(Duration most, String... command) throws IOException {
    int code = run(most, command);
    if (code != 0) {
      throw new IOException(
          "%s ended with %d: %s".formatted(String.join(" ", command), code, output()));
    }
  }

  private int run(Duration most, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("command").toFile())
            .start();
    try {
      if (process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    throw new IOException(String.join(" ", command) + " did not end within " + most);
  }

  @Override
  public void close() throws IOException {
    try {
      require(ONE_COMMAND, SCRIPT, "down", folder.toString());
    } finally {
      services.close();
      registry.close();
      int unused =
          new ProcessBuilder("rm", "-rf", folder.toString()).start().onExit().join().exitValue();
    }
  }
}
