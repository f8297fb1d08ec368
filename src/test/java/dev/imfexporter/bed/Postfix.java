package dev.imfexporter.bed;

import static java.util.concurrent.TimeUnit.MINUTES;

import dev.imfexporter.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Postfix, with its configuration, queue and log in a folder of the test. It serves
 * example.net on any number of loopback ports, each with settings of its own. It needs root.
 */
public final class Postfix {
  public static final String NAME = "relay.example.net";

  /** Which clients may relay: none, for there is no network of the host's own. */
  private static final String MAIN =
      """
      compatibility_level = 3.6
      queue_directory = FOLDER/queue
      data_directory = FOLDER/data
      maillog_file = FOLDER/log
      maillog_file_prefixes = FOLDER
      myhostname = %s
      mydestination = example.net
      mynetworks = 192.0.2.1/32
      smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
      local_recipient_maps =
      alias_maps =
      inet_interfaces = 127.0.0.1
      inet_protocols = ipv4
      disable_dns_lookups = yes
      smtpd_peername_lookup = no
      """
          .formatted(NAME);

  private static final String MASTER =
      """
      tlsmgr unix - - n 1000? 1 tlsmgr
      rewrite unix - - n - - trivial-rewrite
      anvil unix - - n - 1 anvil
      cleanup unix n - n - 0 cleanup
      postlog unix-dgram n - n - 1 postlogd
      """;

  private final Path folder;
  private final List<String> services = new ArrayList<>(List.of(MASTER));
  private final List<Integer> ports = new ArrayList<>();
  private @Nullable Process process;

  /**
   * @param folder an empty one; it is opened to the account of Postfix
   */
  public Postfix(Path folder) {
    this.folder = folder;
  }

  /** Serves another port, with these settings besides the common ones. */
  public int port(String... settings) throws IOException {
    int port = freePort();
    serve(port, settings);
    return port;
  }

  /** Serves another port, with STARTTLS. */
  public int port(TestCertificate certificate, String... settings)
      throws IOException, GeneralSecurityException {
    int port = freePort();
    serve(port, certificate, settings);
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Serves this port, with these settings besides the common ones. */
  public void serve(int port, String... settings) {
    StringBuilder service = new StringBuilder("127.0.0.1:" + port + " inet n - n - - smtpd");
    for (String setting : settings) {
      service.append(" -o ").append(setting);
    }
    services.add(service.append('\n').toString());
    ports.add(port);
  }

  /** Serves this port, with STARTTLS. */
  public void serve(int port, TestCertificate certificate, String... settings)
      throws IOException, GeneralSecurityException {
    Path pem = folder.resolve("tls" + ports.size() + ".pem");
    certificate.writePem(pem);
    List<String> all =
        new ArrayList<>(List.of("smtpd_tls_security_level=may", "smtpd_tls_chain_files=" + pem));
    all.addAll(List.of(settings));
    serve(port, all.toArray(String[]::new));
  }

  public void start() throws IOException, InterruptedException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(folder.resolve("queue"));
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setOwner(
        data,
        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
    Path etc = Files.createDirectory(folder.resolve("etc"));
    Files.writeString(etc.resolve("main.cf"), MAIN.replace("FOLDER", folder.toString()));
    Files.writeString(etc.resolve("master.cf"), String.join("", services));
    Process started =
        new ProcessBuilder("setsid", "-w", "postfix", "-c", etc.toString(), "start-fg")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    process = started;
    for (int port : ports) {
      awaitPort(started, port);
    }
  }

  /** Waits until master listens; it greets when smtpd has started. */
  private void awaitPort(Process started, int port) throws IOException, InterruptedException {
    for (int tries = 0; ; tries++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        if (tries == 600 || !started.isAlive()) {
          throw new IOException("Postfix does not listen: " + said(), e);
        }
        started.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("out")) + log();
  }

  /** What Postfix has written into its log. */
  public String log() throws IOException {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Ends it; nothing if it was not started. */
  public void stop() throws IOException, InterruptedException {
    Process started = process;
    if (started == null) {
      return;
    }
    new ProcessBuilder("postfix", "-c", folder.resolve("etc").toString(), "stop")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("stopped").toFile())
        .start()
        .waitFor(1, MINUTES);
    if (!started.waitFor(1, MINUTES)) {
      started.destroyForcibly();
    }
  }
}
