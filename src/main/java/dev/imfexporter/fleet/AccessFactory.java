package dev.imfexporter.fleet;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.demo.DemoHost;
import dev.imfexporter.access.smb.Credentials;
import dev.imfexporter.access.smb.KerberosLogin;
import dev.imfexporter.access.smb.KerberosModules;
import dev.imfexporter.access.smb.Login;
import dev.imfexporter.access.smb.LoginGate;
import dev.imfexporter.access.smb.SmbHost;
import dev.imfexporter.access.smb.SmbHostConfig;
import dev.imfexporter.access.smb.SmbProtocol;
import dev.imfexporter.access.win32.WindowsHost;
import dev.imfexporter.config.Auth;
import dev.imfexporter.config.HostConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the access to each host. All hosts with the same section of {@code auths} share one login
 * gate, which outlives a reload of the configuration. Thread-safe.
 */
final class AccessFactory {
  private static final Duration LONGEST_SMB_CALL = Duration.ofSeconds(5);

  private static final int LONGEST_REASON = 300;

  private final Map<Auth, LoginGate> gates = new ConcurrentHashMap<>();

  /** Whether this process can make Win32 calls. */
  static boolean onWindows() {
    return System.getProperty("os.name").startsWith("Windows");
  }

  /**
   * Checks that this machine can reach the host as configured.
   *
   * @throws UsageException if the access works on Windows only and this is another system, or if
   *     this Java has no Kerberos for an account that needs it
   */
  static void require(HostConfig host) throws UsageException {
    if (host.access().needsWindows() && !onWindows()) {
      throw new UsageException(
          "hosts."
              + host.name()
              + ".access: "
              + host.access().word()
              + " makes Win32 calls and works on Windows only, not on "
              + System.getProperty("os.name")
              + ". Run imf-exporter on a Windows machine, or use access: smb");
    }
    if (host.smb().filter(smb -> smb.auth().method() instanceof Auth.Kerberos).isPresent()) {
      requireKerberos(host);
    }
  }

  private static void requireKerberos(HostConfig host) throws UsageException {
    List<String> missing = KerberosModules.missing();
    if (!missing.isEmpty()) {
      throw new UsageException(
          "hosts.%s.auth: the Java that runs imf-exporter has no Kerberos: it lacks %s. Run imf-exporter with a whole Java, which JAVA_HOME names to the launcher"
              .formatted(host.name(), String.join(", ", missing)));
    }
  }

  /**
   * Makes the access without asking the host anything.
   *
   * @throws UsageException as {@link #require}, or if this process cannot load what makes Win32
   *     calls
   */
  HostAccess open(HostConfig host) throws UsageException {
    require(host);
    if (host.access().needsWindows()) {
      loadWin32(host);
    }
    return switch (host.access()) {
      case LOCAL -> WindowsHost.local();
      case WIN32 -> WindowsHost.remote(host.name());
      case SMB -> smb(host, host.smb().orElseThrow());
      case DEMO -> DemoHost.play(InstantSource.system(), host.demoStart());
    };
  }

  private static void loadWin32(HostConfig host) throws UsageException {
    try {
      WindowsHost.load();
    } catch (LinkageError e) {
      String folder = System.getProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"));
      throw new UsageException(
          ("hosts.%s.access: %s makes Win32 calls through JNA, which could not load its library: %s."
                  + " JNA writes it below %s and loads it from there. Name another folder, with an"
                  + " ASCII name, that this account can write and from which AppLocker allows DLLs:"
                  + " set JAVA_OPTS=-Djna.tmpdir=FOLDER before bin\\imf-exporter.cmd")
              .formatted(host.name(), host.access().word(), reason(e), folder));
    }
  }

  /** From the second time on, the first error is the cause. Some name the whole class path. */
  private static String reason(LinkageError e) {
    Throwable first = e;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String message = String.valueOf(first.getMessage()).lines().findFirst().orElse("");
    return message.length() > LONGEST_REASON
        ? message.substring(0, LONGEST_REASON) + "..."
        : message;
  }

  private HostAccess smb(HostConfig host, HostConfig.Smb smb) {
    Duration reading = host.module().readingTimeout();
    Duration call = reading.compareTo(LONGEST_SMB_CALL) < 0 ? reading : LONGEST_SMB_CALL;
    LoginGate gate = gates.computeIfAbsent(smb.auth(), AccessFactory::gate);
    return new SmbHost(
        new SmbHostConfig(
            host.name(),
            smb.port(),
            () -> login(smb.auth(), host.name()),
            gate,
            protocol(smb),
            call),
        System::nanoTime);
  }

  private static SmbProtocol protocol(HostConfig.Smb smb) {
    if (smb.smb1()) {
      return smb.signing() ? SmbProtocol.SMB1 : SmbProtocol.SMB1_UNSIGNED;
    }
    return smb.encryption() ? SmbProtocol.SMB3_ENCRYPTED : SmbProtocol.SMB2;
  }

  private static Credentials login(Auth auth, String host) throws AccessException {
    try {
      return auth.method() instanceof Auth.Kerberos kerberos
          ? kerberos(auth.username(), kerberos, host)
          : ntlm(auth.username(), (Auth.Ntlm) auth.method());
    } catch (IOException e) {
      throw new NotReached(ErrorReason.AUTH, "auths." + auth.name() + ": " + e.getMessage());
    }
  }

  private static Login ntlm(String username, Auth.Ntlm ntlm) throws IOException {
    return new Login(ntlm.domain(), username, ntlm.password().read());
  }

  private static KerberosLogin kerberos(String username, Auth.Kerberos kerberos, String host)
      throws IOException {
    String spn = kerberos.spn().orElse("cifs/{host}").replace("{host}", host);
    return new KerberosLogin(
        username,
        kerberos.realm(),
        proof(kerberos.proof()),
        spn.contains("@") ? spn : spn + "@" + kerberos.realm(),
        kerberos.fallback().isPresent()
            ? Optional.of(ntlm(username, kerberos.fallback().get()))
            : Optional.empty());
  }

  private static KerberosLogin.Proof proof(Auth.Proof proof) throws IOException {
    if (proof instanceof Auth.Password password) {
      return new KerberosLogin.Password(password.secret().read());
    }
    return proof instanceof Auth.Keytab keytab
        ? new KerberosLogin.Keytab(keytab.file(), hash(keytab.read()))
        : cache((Auth.TicketCache) proof);
  }

  private static KerberosLogin.Proof cache(Auth.TicketCache cache) throws IOException {
    return new KerberosLogin.TicketCache(cache.file(), hash(cache.read()));
  }

  private static int hash(byte[] secret) {
    int hash = Arrays.hashCode(secret);
    Arrays.fill(secret, (byte) 0);
    return hash;
  }

  private static LoginGate gate(Auth auth) {
    return auth.method() instanceof Auth.Ntlm ntlm
        ? new LoginGate(!ntlm.domain().isEmpty(), System::nanoTime)
        : LoginGate.ofKerberos(System::nanoTime);
  }

  /** For each section of {@code auths}, whether at least one host is not asked with it for now. */
  Map<String, Boolean> blocked() {
    Map<String, Boolean> blocked = new TreeMap<>();
    gates.forEach((auth, gate) -> blocked.merge(auth.name(), gate.blocked(), Boolean::logicalOr));
    return blocked;
  }

  /** Drops the gates of the accounts that none of these hosts has. */
  void retain(List<HostConfig> hosts) {
    gates
        .keySet()
        .retainAll(
            hosts.stream().flatMap(host -> host.smb().stream()).map(HostConfig.Smb::auth).toList());
  }
}
