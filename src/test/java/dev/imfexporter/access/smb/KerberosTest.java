package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.bed.KerberosBed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The access by Kerberos, against a real domain controller that takes no NTLM. */
@Tag("kerberos")
@Timeout(120)
class KerberosTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String SPN = "cifs/dc1.bed.test@BED.TEST";
  private static final String OK = "NT_STATUS_OK";

  @SuppressWarnings("NullAway.Init") // before all
  private static KerberosBed bed;

  private final List<SmbHost> hosts = new ArrayList<>();
  private long later;

  @BeforeAll
  static void start() throws IOException {
    bed = KerberosBed.start();
    bed.registry("SOFTWARE\\Microsoft\\Exchange\\Setup", "Services", "C:\\Exchsrvr");
    bed.event(1, 7036, "Service Control Manager", "SMTP");
  }

  @AfterAll
  static void stop() throws IOException {
    bed.close();
  }

  @AfterEach
  void close() {
    hosts.forEach(SmbHost::close);
  }

  private enum Proof {
    PASSWORD,
    KEYTAB,
    TICKET_CACHE;

    KerberosLogin.Proof of() {
      return switch (this) {
        case PASSWORD -> password(KerberosBed.PASSWORD);
        case KEYTAB -> new KerberosLogin.Keytab(bed.file("imf.keytab"), 1);
        case TICKET_CACHE -> new KerberosLogin.TicketCache(bed.file("imf.ccache"), 1);
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Proof.class)
  void everyInterfaceIsReadWithEachProof(Proof proof) throws Exception {
    SmbHost host = host(account("imf", proof.of()));

    assertThat(host.services().status("SMTPSVC").orElseThrow().state())
        .isEqualTo(ServiceState.RUNNING);
    assertThat(
            host.registry()
                .value(View.BITS_64, "SOFTWARE\\Microsoft\\Exchange\\Setup", "Services"))
        .contains(new RegistryValue.Text("C:\\Exchsrvr"));
    assertThat(host.performanceData().query("Counter 009")).isNotEmpty();
    assertThat(host.clock().now()).isNotNull();
    try (EventLogReader log = host.eventLog().open("System")) {
      assertThat(log.range().orElseThrow().oldest()).isEqualTo(1);
    }
    assertThat(host.cautions()).isEmpty();
  }

  @Test
  void aSessionIsEncryptedWhereThatIsWanted() throws Exception {
    SmbHost host =
        host(account("imf", Proof.PASSWORD.of()), gate(), SmbProtocol.SMB3_ENCRYPTED, "127.0.77.1");

    assertThat(host.services().status("SMTPSVC")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nobody     | there is no account nobody (6): check username and realm
          disabled   | the account is disabled, expired or locked out (18): look at it in Active Directory
          expired    | the account is disabled, expired or locked out (18): look at it in Active Directory
          mustchange | the password has expired, or must be changed at the next log-on (23): set a new one
          """)
  void anAccountThatTheKdcRefusesIsNamedAndNotTriedAgain(String user, String why) {
    String secret = user.equals("mustchange") ? "Imf-pw-8!x" : KerberosBed.PASSWORD;
    LoginGate gate = gate();
    KerberosLogin login = account(user, password(secret));

    NotReached refused = refused(host(login, gate, SmbProtocol.SMB2, "127.0.77.1"));

    assertThat(refused.reason()).isEqualTo(ErrorReason.AUTH);
    assertThat(refused)
        .hasMessage(
            "127.0.77.1 is not asked: the KDC of BED.TEST refused a log-in with its account: "
                + why
                + ". It is not tried again for half an hour, or until the password changes");
    assertThat(gate.blocked()).isTrue();
  }

  @Test
  void aWrongPasswordCostsOneLogInForAllHostsAndTheRightOneEndsTheWait() throws Exception {
    LoginGate gate = gate();
    String[] secret = {"not-the-0ne"};
    List<SmbHost> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      SmbHostConfig config =
          new SmbHostConfig(
              "127.0.77.1",
              KerberosBed.PORT,
              () -> account("wrong", password(secret[0])),
              gate,
              SmbProtocol.SMB2,
              TIMEOUT);
      many.add(track(new SmbHost(config, this::nanoTime)));
    }

    for (int round = 0; round < 3; round++) {
      assertThat(failures(many)).hasSize(many.size()).allMatch(text -> text.contains("(24)"));
    }
    assertThat(bed.logins("wrong", "NT_STATUS_WRONG_PASSWORD")).isEqualTo(1);

    later = LoginGate.REFUSED.plusSeconds(1).toNanos();
    assertThat(failures(many)).hasSize(many.size());
    assertThat(bed.logins("wrong", "NT_STATUS_WRONG_PASSWORD")).isEqualTo(2);

    secret[0] = KerberosBed.PASSWORD;
    assertThat(failures(many.subList(0, 4))).isEmpty();
    assertThat(bed.logins("wrong", OK)).isEqualTo(4);
    assertThat(gate.blocked()).isFalse();
  }

  @Test
  void aLockedAccountIsNamed() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(refused(host(account("locked", password("wrong" + i))))).hasMessageContaining("(24)");
    }

    assertThat(refused(host(account("locked", password(KerberosBed.PASSWORD)))))
        .hasMessageContaining("the account is disabled, expired or locked out (18)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cifs/nohost.bed.test | the KDC of BED.TEST has no service principal name cifs/nohost.bed.test (7): name the host as its domain does, or set spn, or add the name: setspn -S cifs/nohost.bed.test COMPUTER
          cifs/127.0.77.1      | the KDC of BED.TEST has no service principal name cifs/127.0.77.1 (7): name the host as its domain does, or set spn, or add the name: setspn -S cifs/127.0.77.1 COMPUTER
          cifs/rc4host.bed.test | the KDC of BED.TEST offers no AES for cifs/rc4host.bed.test, only an older type such as RC4 (14): let the host's account use AES (msDS-SupportedEncryptionTypes 24)
          """)
  void aHostWithoutATicketIsNamed(String spn, String why) {
    KerberosLogin login =
        new KerberosLogin(
            "imf", "BED.TEST", Proof.PASSWORD.of(), spn + "@BED.TEST", Optional.empty());
    LoginGate gate = gate();

    NotReached refused = refused(host(login, gate, SmbProtocol.SMB2, "127.0.77.1"));

    assertThat(refused).hasMessage("127.0.77.1 is not asked: " + why);
    assertThat(refused.reason()).isEqualTo(ErrorReason.AUTH);
    assertThat(gate.blocked()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CLOSED.TEST | REFUSED | the KDC of CLOSED.TEST refuses TCP port 88: is it a domain controller, and does its firewall let us in?
          NONAME.TEST | DNS     | the name of the KDC of NONAME.TEST, kdc.invalid, has no address: check krb5.conf and the DNS
          LOST.TEST   | DNS     | the DNS names no KDC of LOST.TEST (_kerberos._tcp.LOST.TEST): check realm and the DNS of this machine
          SILENT.TEST | TIMEOUT | the KDC of SILENT.TEST does not answer: is a domain controller up, and does a firewall drop TCP port 88?
          """)
  void aKdcThatIsNotReachedIsNamedInTime(String realm, ErrorReason reason, String why)
      throws IOException {
    KerberosLogin login =
        new KerberosLogin("imf", realm, Proof.PASSWORD.of(), SPN, Optional.empty());
    try (ServerSocket silent =
        new ServerSocket(
            KerberosBed.SILENT_PORT, 50, InetAddress.getByName(KerberosBed.SILENT_ADDRESS))) {
      assertThat(silent.isBound()).isTrue();
      long begin = System.nanoTime();

      NotReached refused = refused(host(login));

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT.plusSeconds(1));
      assertThat(refused).hasMessage("127.0.77.1 is not asked: " + why);
      assertThat(refused.reason()).isEqualTo(reason);
    }
  }

  @Test
  void filesWithoutATicketOrAKeyAreNamed() {
    Path none = bed.file("none");

    assertThat(refused(host(account("imf", new KerberosLogin.TicketCache(none, 1)))))
        .hasMessage(
            "127.0.77.1 is not asked: the ticket cache "
                + none
                + " has no ticket of imf@BED.TEST that still holds: let kinit or k5start fill it");
    Path keytab = bed.file("imf.keytab");
    assertThat(refused(host(account("plain", new KerberosLogin.Keytab(keytab, 1)))))
        .hasMessage(
            "127.0.77.1 is not asked: there is no key of plain@BED.TEST in the keytab file "
                + keytab
                + ": export it for this account");
  }

  @Test
  void ntlmIsNamedAsWhatTheHostRefuses() {
    SmbHost host =
        track(
            new SmbHost(
                new SmbHostConfig(
                    "127.0.77.1",
                    KerberosBed.PORT,
                    () -> new Login("BED", "imf", KerberosBed.PASSWORD.toCharArray()),
                    new LoginGate(true, this::nanoTime),
                    SmbProtocol.SMB2,
                    TIMEOUT),
                this::nanoTime));

    assertThat(refused(host)).hasMessageContaining("it takes no NTLM");
  }

  /** Thirty hours of tickets that last for ten minutes. */
  @Test
  void sessionsGetSuccessorsBeforeTheirTicketsEnd() throws Exception {
    SmbHost host = host(account("plain", password(KerberosBed.PASSWORD)));
    assertThat(host.clock().now()).isNotNull();
    long before = bed.logins("plain", OK);
    int sessions = 0;
    Duration step = Duration.ofMinutes(1);
    for (Duration at = Duration.ZERO; at.compareTo(Duration.ofHours(30)) < 0; at = at.plus(step)) {
      later += step.toNanos();
      assertThat(host.clock().now()).isNotNull();
    }
    sessions += (int) (bed.logins("plain", OK) - before);

    // Nine minutes each, and a step may pass.
    assertThat(sessions).isBetween(30 * 60 / 10, 30 * 60 / 9);
  }

  private long nanoTime() {
    return System.nanoTime() + later;
  }

  private LoginGate gate() {
    return LoginGate.ofKerberos(this::nanoTime);
  }

  private static KerberosLogin.Password password(String secret) {
    return new KerberosLogin.Password(secret.toCharArray());
  }

  private static KerberosLogin account(String user, KerberosLogin.Proof proof) {
    return new KerberosLogin(user, KerberosBed.REALM, proof, SPN, Optional.empty());
  }

  private SmbHost host(KerberosLogin login) {
    return host(login, gate(), SmbProtocol.SMB2, "127.0.77.1");
  }

  private SmbHost host(KerberosLogin login, LoginGate gate, SmbProtocol protocol, String name) {
    return track(
        new SmbHost(
            new SmbHostConfig(
                name, KerberosBed.PORT, () -> copy(login), gate, protocol, TIMEOUT),
            this::nanoTime));
  }

  /** Its password is overwritten after each log-in. */
  private static KerberosLogin copy(KerberosLogin login) {
    return login.proof() instanceof KerberosLogin.Password known
        ? new KerberosLogin(
            login.user(),
            login.realm(),
            new KerberosLogin.Password(known.password().clone()),
            login.spn(),
            login.fallback())
        : login;
  }

  private SmbHost track(SmbHost host) {
    hosts.add(host);
    return host;
  }

  private static NotReached refused(SmbHost host) {
    return catchThrowableOfType(NotReached.class, () -> host.services().status("SMTPSVC"));
  }

  private static List<String> failures(List<SmbHost> hosts) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(hosts.size());
    try {
      List<Callable<String>> calls = new ArrayList<>();
      for (SmbHost host : hosts) {
        calls.add(
            () -> {
              try {
                // Any pipe: the account has no rights beyond a log-on.
                host.clock().now();
                return "";
              } catch (AccessException e) {
                return String.valueOf(e.getMessage());
              }
            });
      }
      List<String> failures = new ArrayList<>();
      for (Future<String> end : pool.invokeAll(calls)) {
        if (!end.get().isEmpty()) {
          failures.add(end.get());
        }
      }
      return failures;
    } finally {
      pool.shutdownNow();
    }
  }
}
