package dev.imfexporter.bed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real domain controller of Samba, which takes no NTLM, and on request a member server; both are
 * hosts that are read. Needs root and the packages that bin/install-test-tools installs for it.
 * Ends nothing but what it started.
 */
public final class KerberosBed implements AutoCloseable {
  public static final String REALM = "BED.TEST";
  public static final String ADDRESS = "127.0.77.1";

  /** Of the member server mail01. */
  public static final String MEMBER_ADDRESS = "127.0.77.2";

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
  private final DomainServer controller;
  private final List<DomainServer> joined = new ArrayList<>();

  private KerberosBed(Path folder, DomainServer controller) {
    this.folder = folder;
    this.controller = controller;
  }

  /** Starts the domain, and names its krb5.conf to the Java of this process. */
  public static KerberosBed start() throws IOException {
    Path folder = Files.createTempDirectory("imf-krb");
    KerberosBed bed = new KerberosBed(folder, DomainServer.of("DC1", folder));
    try {
      bed.controller.require(UP, SCRIPT, "up", folder.toString());
      System.setProperty("java.security.krb5.conf", bed.file("krb5.conf").toString());
      bed.controller.exchange();
      return bed;
    } catch (IOException | RuntimeException e) {
      bed.close();
      throw e;
    }
  }

  /** The controller, which is a host that is read. */
  public DomainServer controller() {
    return controller;
  }

  /**
   * Starts a member server that has joined the domain, and takes no NTLM either. It ends with the
   * domain at the latest.
   */
  public DomainServer join() throws IOException {
    DomainServer member = DomainServer.of("MAIL01", folder.resolve("member"));
    joined.add(member);
    controller.require(UP, SCRIPT, "join", folder.toString());
    member.exchange();
    return member;
  }

  /** A file of the domain: {@code imf.keytab}, {@code imf.ccache}. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Sets the clock of the controller, against that of this machine. */
  public void clock(Duration off) throws IOException {
    controller.require(
        ONE_COMMAND, SCRIPT, "clock", folder.toString(), Long.toString(off.toSeconds()));
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

  /**
   * What {@code check} says of a host, in a process of its own that sees the names and the DNS of
   * the domain.
   */
  public String check(String host) throws IOException {
    Files.writeString(file("mail.pw"), PASSWORD + "\n");
    Path config =
        Files.writeString(
            file("imf.yml"),
            """
            auths:
              mail: { kerberos: true, username: imf, realm: BED.TEST, password_file: mail.pw }
            modules:
              relay: { mailroots: { SMTP 1: '\\\\{host}\\mailroot' } }
            hosts:
              %s: { access: smb, auth: mail, module: relay }
            """
                .formatted(host));
    return in(
        List.of(
            "java",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.imfexporter.cli.Main",
            "--config.file=" + config,
            "check",
            host));
  }

  private String in(List<String> command) throws IOException {
    List<String> all = new ArrayList<>(List.of(SCRIPT, "in", folder.toString()));
    all.addAll(command);
    int unused = controller.run(UP, all.toArray(String[]::new));
    return controller.output();
  }

  @Override
  public void close() throws IOException {
    try {
      controller.require(ONE_COMMAND, SCRIPT, "down", folder.toString());
    } finally {
      for (DomainServer member : joined) {
        member.close();
      }
      controller.close();
      int unused =
          new ProcessBuilder("rm", "-rf", folder.toString()).start().onExit().join().exitValue();
    }
  }
}
