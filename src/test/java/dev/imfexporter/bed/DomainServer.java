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
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Samba server of the domain of a {@link KerberosBed}, which looks like a healthy Exchange
 * 2003: winreg, eventlog and srvsvc are Samba's, svcctl is a {@link ServicePipe}.
 */
public final class DomainServer implements AutoCloseable {
  private static final Duration ONE_COMMAND = Duration.ofMinutes(1);

  private final String name;
  private final Path folder;
  private final ServicePipe services;
  private final RegistryPipe registry;

  private DomainServer(String name, Path folder, ServicePipe services, RegistryPipe registry) {
    this.name = name;
    this.folder = folder;
    this.services = services;
    this.registry = registry;
  }

  /** Serves the stand-ins, which Samba asks from its start on. */
  static DomainServer of(String name, Path folder) throws IOException {
    Path pipes = Files.createDirectories(folder.resolve("np").resolve("np"));
    Path winreg = folder.resolve("ncalrpc").resolve("np").resolve("winreg");
    return new DomainServer(
        name,
        folder,
        ServicePipe.serve(pipes.resolve("svcctl")),
        RegistryPipe.serve(pipes.resolve("winreg"), winreg));
  }

  /** Once Samba has its files: two services, a version, counters of a demo, a record of its log. */
  void exchange() throws IOException {
    ServicePipe.Service smtp =
        new ServicePipe.Service(
            ServiceState.RUNNING, 2, false, "Simple Mail Transfer Protocol", List.of());
    services.put("SMTPSVC", smtp);
    services.put("IISADMIN", smtp);
    registry.performance(
        DemoHost.play(InstantSource.fixed(Instant.now()), Duration.ZERO).performanceData());
    registry("SOFTWARE\\Microsoft\\Exchange\\Setup", "Services", "C:\\Exchsrvr");
    event(1, 7036, "Service Control Manager", "SMTP");
  }

  /** A file of the server. */
  Path file(String file) {
    return folder.resolve(file);
  }

  /** A line of the member's log for each log-on that succeeded, with protocol and account. */
  public List<String> logons() throws IOException {
    return Files.readAllLines(file("log").resolve("log.smbd")).stream()
        .filter(line -> line.contains("Successful AuthZ: "))
        .toList();
  }

  /** A text below HKEY_LOCAL_MACHINE. */
  private void registry(String key, String name, String value) throws IOException {
    String config = file("smb.conf").toString();
    String path = "HKLM\\" + key;
    require(ONE_COMMAND, "net", "-s", config, "registry", "createkey", path);
    require(ONE_COMMAND, "net", "-s", config, "registry", "setvalue", path, name, "sz", value);
  }

  /** Writes a record of the log System. */
  private void event(long number, int id, String source, String text) throws IOException {
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
        SRN: %s
        STR: %s
        DAT:\s

        """
            .formatted(number, id, source, name, text);
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

  String output() throws IOException {
    return Files.readString(folder.resolve("command"), StandardCharsets.UTF_8);
  }

  void require(Duration most, String... command) throws IOException {
    int code = run(most, command);
    if (code != 0) {
      throw new IOException(
          "%s ended with %d: %s".formatted(String.join(" ", command), code, output()));
    }
  }

  int run(Duration most, String... command) throws IOException {
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
    services.close();
    registry.close();
  }
}
