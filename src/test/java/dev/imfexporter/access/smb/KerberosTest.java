package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.smb.rpc.EventLogClient;
import dev.imfexporter.access.smb.rpc.Protection;
import dev.imfexporter.access.smb.rpc.RpcTransport;
import dev.imfexporter.bed.DomainServer;
import dev.imfexporter.bed.KerberosBed;
import dev.imfexporter.bed.SambaBed;
import dev.imfexporter.bed.ServicePipe;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The access by Kerberos, against a real domain controller that takes no NTLM. */
@Tag("kerberos")
@Timeout(120)
class KerberosTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final String SPN = "cifs/dc1.bed.test@BED.TEST";
  private static final String OK = "NT_STATUS_OK";
  private static final int SAMBA_PORT = 14477;

  @SuppressWarnings("NullAway.Init") // before all
  private static KerberosBed bed;

  private final List<SmbHost> hosts = new ArrayList<>();
  private long later;

  @BeforeAll
  static void start() throws IOException {
    bed = KerberosBed.start();
    warmUp(KerberosBed.ADDRESS, SPN);
  }

  private static void warmUp(String address, String spn) {
    SmbHostConfig config =
        new SmbHostConfig(
            address,
            KerberosBed.PORT,
            () -> account("imf", password(KerberosBed.PASSWORD), spn),
            LoginGate.ofKerberos(System::nanoTime),
            SmbProtocol.SMB2,
            TIMEOUT);
    try (SmbHost first = new SmbHost(config, System::nanoTime)) {
      await("Samba has started the servers of its pipes")
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptions()
          .until(() -> first.clock().now() != null);
    }
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
            host.registry().value(View.BITS_64, "SOFTWARE\\Microsoft\\Exchange\\Setup", "Services"))
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
    LoginGate gate = gate();
    KerberosLogin login = account("imf", Proof.PASSWORD.of());
    assertThat(refused(host(login, gate, SmbProtocol.SMB3_ENCRYPTED)))
        .hasMessageContaining("does not encrypt");

    bed.controller().encrypts(true);
    try {
      await("new sessions are encrypted")
          .ignoreExceptions()
          .until(
              () ->
                  host(login, gate, SmbProtocol.SMB3_ENCRYPTED)
                      .services()
                      .status("SMTPSVC")
                      .isPresent());
      SmbHost host = host(login, gate, SmbProtocol.SMB3_ENCRYPTED);
      try (EventLogReader log = host.eventLog().open("System")) {
        assertThat(log.range().orElseThrow().oldest()).isEqualTo(1);
      }
    } finally {
      bed.controller().encrypts(false);
    }
  }

  @Test
  void ntlmIsSpokenOnlyWhereItIsAllowedAndTheKdcGaveNoTicket() throws Exception {
    try (SambaBed old = SambaBed.startAt(SAMBA_PORT)) {
      old.services()
          .put("SMTPSVC", new ServicePipe.Service(ServiceState.RUNNING, 2, false, "", List.of()));
      Login ntlm = new Login("", SambaBed.USER, SambaBed.PASSWORD.toCharArray());

      SmbHost alone = over(old, "CLOSED.TEST", Optional.empty());
      SmbHost both = over(old, "CLOSED.TEST", Optional.of(ntlm));
      SmbHost wrong = over(old, "BED.TEST", Optional.of(ntlm));

      assertThat(refused(alone)).hasMessageContaining("the KDC of CLOSED.TEST refuses TCP port 88");
      assertThat(both.services().status("SMTPSVC")).isPresent();
      assertThat(both.cautions())
          .containsExactly(
              "127.0.0.1 was read by NTLM, because Kerberos did not do: the KDC of CLOSED.TEST"
                  + " refuses TCP port 88: is it a domain controller, and does its firewall let us"
                  + " in?");
      assertThat(refused(wrong)).hasMessageContaining("there is no account imf-bed (6)");
    }
  }

  @Test
  void theEventLogIsReadWithSealedCalls() throws Exception {
    KerberosLogin login = account("imf", Proof.PASSWORD.of());
    try (SmbSession session = session(login);
        EventLogClient log = EventLogClient.open(rpc(session), session.sealing(), "System")) {
      assertThat(log.range().orElseThrow().oldest()).isEqualTo(1);
      assertThat(log.read(true, true, 1).records()).isNotEmpty();
      for (int i = 0; i < 20; i++) {
        assertThat(log.range().orElseThrow().oldest()).isEqualTo(1);
      }
    }
  }

  @Test
  void aSealedCallThatWasChangedIsRefused() throws Exception {
    KerberosLogin login = account("imf", Proof.PASSWORD.of());
    try (SmbSession session = session(login)) {
      Protection spoilt = new Spoilt(session.sealing());
      assertThatThrownBy(() -> EventLogClient.open(rpc(session), spoilt, "System"))
          .isInstanceOf(IOException.class);
    }
  }

  /** Changes a bit of each request after it was sealed. */
  private record Spoilt(Protection by) implements Protection {
    @Override
    public int service() {
      return by.service();
    }

    @Override
    public int verifierLength() {
      return by.verifierLength();
    }

    @Override
    public boolean fits(int verifier) {
      return by.fits(verifier);
    }

    @Override
    public byte[] bindToken() {
      return by.bindToken();
    }

    @Override
    public byte[] answer(byte[] token) throws IOException {
      return by.answer(token);
    }

    @Override
    public boolean altersContext() {
      return by.altersContext();
    }

    @Override
    public void finish(byte[] token) throws IOException {
      by.finish(token);
    }

    @Override
    public void seal(byte[] pdu, int from, int length) throws IOException {
      by.seal(pdu, from, length);
      pdu[from] ^= 1;
    }

    @Override
    public void unseal(byte[] pdu, int from, int length) throws IOException {
      by.unseal(pdu, from, length);
    }
  }

  private SmbSession session(KerberosLogin login) throws Exception {
    return session(KerberosBed.ADDRESS, login);
  }

  private SmbSession session(String address, KerberosLogin login) throws Exception {
    SmbHostConfig config =
        new SmbHostConfig(
            address, KerberosBed.PORT, () -> copy(login), gate(), SmbProtocol.SMB2, TIMEOUT);
    return SmbSession.open(
        new Opening(
            config,
            copy(login),
            List.of(InetAddress.getByName(address)),
            System::nanoTime,
            stage -> {}));
  }

  private static RpcTransport rpc(SmbSession session) {
    return new RpcTransport(session, TIMEOUT, System::nanoTime);
  }

  private SmbHost over(SambaBed bed, String realm, Optional<Login> ntlm) {
    KerberosLogin login =
        new KerberosLogin(SambaBed.USER, realm, password(SambaBed.PASSWORD), SPN, ntlm);
    return track(
        new SmbHost(
            new SmbHostConfig(
                "127.0.0.1", bed.port(), () -> copy(login), gate(), SmbProtocol.SMB2, TIMEOUT),
            this::nanoTime));
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
  void anAccountThatTheKdcRefusesIsNamedAndNotTriedAgain(String user, String why)
      throws IOException {
    String secret = user.equals("mustchange") ? "Imf-pw-8!x" : KerberosBed.PASSWORD;
    LoginGate gate = gate();
    KerberosLogin login = account(user, password(secret));

    NotReached refused = refused(host(login, gate, SmbProtocol.SMB2));

    assertThat(refused.reason()).isEqualTo(ErrorReason.AUTH);
    assertThat(refused)
        .hasMessage(
            "127.0.77.1 is not asked: the KDC of BED.TEST refused a log-in with its account: "
                + why
                + ". It is not tried again for half an hour, or until the password changes");
    assertThat(gate.blocked()).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThat(refused(host(account(user, password(secret)), gate, SmbProtocol.SMB2)))
          .hasMessage(refused.getMessage());
    }
    assertThat(bed.logins(user)).hasSize(1);
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
      assertThat(refused(host(account("locked", password("wrong" + i)))))
          .hasMessageContaining("(24)");
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

    NotReached refused = refused(host(login, gate, SmbProtocol.SMB2));

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
  void aLogInAsAWholeHasADeadline() throws IOException {
    KerberosLogin login =
        new KerberosLogin("imf", "SILENT.TEST", Proof.PASSWORD.of(), SPN, Optional.empty());
    try (ServerSocket silent =
        new ServerSocket(
            KerberosBed.SILENT_PORT, 50, InetAddress.getByName(KerberosBed.SILENT_ADDRESS))) {
      assertThat(silent.isBound()).isTrue();

      NoTicket late =
          catchThrowableOfType(
              NoTicket.class, () -> ServiceTicket.get(login, Duration.ofMillis(300)));

      assertThat(late.why())
          .isEqualTo(
              "the KDC of SILENT.TEST did not answer within 0.3 s: is a domain controller up, and"
                  + " does a firewall drop TCP port 88?");
      assertThat(late.ofAccount()).isFalse();
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
    assertThat(refused(byNtlm(KerberosBed.ADDRESS))).hasMessageContaining("it takes no NTLM");
  }

  private SmbHost byNtlm(String address) {
    return track(
        new SmbHost(
            new SmbHostConfig(
                address,
                KerberosBed.PORT,
                () -> new Login("BED", "imf", KerberosBed.PASSWORD.toCharArray()),
                new LoginGate(true, this::nanoTime),
                SmbProtocol.SMB2,
                TIMEOUT),
            this::nanoTime));
  }

  /** By the DNS of the domain alone, and with the krb5.conf of the program. */
  @Test
  void checkReadsWithEveryCollectorAndLogsInOnce() throws Exception {
    long before = bed.logins("imf").size();

    String read = bed.check("dc1.bed.test");

    assertEveryCollectorRead(read);
    assertThat(bed.logins("imf").size() - before).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {6, -6})
  void aClockThatIsOffIsNamedByEveryCollectorAndCostsOneLogIn(int minutes) throws Exception {
    Duration off = Duration.ofMinutes(minutes);
    long before = bed.logins("imf").size();
    bed.clock(off);
    try {
      String read = bed.check("dc1.bed.test");

      assertThat(read.replaceAll("\\s+", " "))
          .contains(
              "dc1.bed.test is not asked: the clocks of this machine and of the KDC of BED.TEST are"
                  + " more than 5 min apart (37): set both by NTP. It is tried again after a minute");
      for (String collector : List.of("definition", "events", "folders", "volumes", "host")) {
        assertThat(read).containsPattern("(?m)^failed +" + collector + " +for the same reason");
      }
    } finally {
      bed.clock(Duration.ZERO);
    }
    assertThat(bed.logins("imf").size() - before).isEqualTo(1);
    assertThat(bed.logins("imf", "NT_STATUS_TIME_DIFFERENCE_AT_DC")).isPositive();
  }

  @Test
  void aClockThatIsOffStopsTheLogInsOfAllHostsForAMinute() throws Exception {
    LoginGate gate = gate();
    KerberosLogin login = account("plain", password(KerberosBed.PASSWORD));
    List<SmbHost> many = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      many.add(host(login, gate, SmbProtocol.SMB2));
    }
    long before = bed.logins("plain").size();
    bed.clock(Duration.ofMinutes(6));
    try {
      for (int round = 0; round < 2; round++) {
        assertThat(failures(many)).hasSize(many.size()).allMatch(text -> text.contains("(37)"));
      }
      assertThat(bed.logins("plain").size() - before).isEqualTo(1);
    } finally {
      bed.clock(Duration.ZERO);
    }
    later = LoginGate.CLOCKS.toNanos();
    assertThat(failures(many.subList(0, 1))).as("the one that tries for all").isEmpty();
    assertThat(failures(many)).isEmpty();
  }

  @Test
  void aClockThatIsOffIsNamed() throws Exception {
    try (ScriptedKdc kdc = ScriptedKdc.error(37)) {
      assertThat(kdc.refused())
          .hasMessage(
              "127.0.77.1 is not asked: the clocks of this machine and of the KDC of SCRIPTED.TEST"
                  + " are more than 5 min apart (37): set both by NTP. It is tried again after a"
                  + " minute");
    }
  }

  @Test
  void anErrorThatIsNotKnownCountsAsOneOfTheAccount() throws Exception {
    try (ScriptedKdc kdc = ScriptedKdc.error(60)) {
      assertThat(kdc.refused())
          .hasMessageContaining(
              "the KDC of SCRIPTED.TEST refused a log-in with its account: it answered")
          .hasMessageContaining("(60)");
    }
  }

  @Test
  void bytesThatAreNoKerberosEndInASentence() throws Exception {
    try (ScriptedKdc kdc = new ScriptedKdc(new byte[] {0x7e, 5, 1, 2, 3})) {
      assertThat(kdc.refused())
          .hasMessageStartingWith(
              "127.0.77.1 is not asked: the KDC of SCRIPTED.TEST gave no ticket: ");
    }
  }

  /** A KDC that answers every request with the same bytes. */
  private static final class ScriptedKdc implements AutoCloseable {
    private final ServerSocket socket;
    private final byte[] answer;

    ScriptedKdc(byte[] answer) throws IOException {
      this.answer = answer;
      InetAddress address = InetAddress.getByName(KerberosBed.SILENT_ADDRESS);
      socket = new ServerSocket(KerberosBed.SCRIPTED_PORT, 50, address);
      Thread thread = new Thread(this::serve, "scripted KDC");
      thread.setDaemon(true);
      thread.start();
    }

    /** KRB-ERROR (RFC 4120, 5.9.1). */
    static ScriptedKdc error(int code) throws IOException {
      byte[] realm = Der.string("SCRIPTED.TEST");
      byte[] name =
          Der.sequence(
              Der.tagged(0, Der.integer(2)),
              Der.tagged(1, Der.sequence(Der.string("krbtgt"), realm)));
      return new ScriptedKdc(
          Der.application(
              30,
              Der.sequence(
                  Der.tagged(0, Der.integer(5)),
                  Der.tagged(1, Der.integer(30)),
                  Der.tagged(4, Der.time("20261127120000Z")),
                  Der.tagged(5, Der.integer(0)),
                  Der.tagged(6, Der.integer(code)),
                  Der.tagged(9, realm),
                  Der.tagged(10, name))));
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept()) {
          DataInputStream in = new DataInputStream(client.getInputStream());
          in.readFully(new byte[in.readInt()]);
          DataOutputStream out = new DataOutputStream(client.getOutputStream());
          out.writeInt(answer.length);
          out.write(answer);
        } catch (IOException ended) {
          // The next one.
        }
      }
    }

    NotReached refused() {
      KerberosLogin login =
          new KerberosLogin("imf", "SCRIPTED.TEST", Proof.PASSWORD.of(), SPN, Optional.empty());
      SmbHostConfig config =
          new SmbHostConfig(
              KerberosBed.ADDRESS,
              KerberosBed.PORT,
              () -> copy(login),
              LoginGate.ofKerberos(System::nanoTime),
              SmbProtocol.SMB2,
              TIMEOUT);
      try (SmbHost host = new SmbHost(config, System::nanoTime)) {
        return KerberosTest.refused(host);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Thirty hours of tickets that last for ten minutes. */
  @Test
  void sessionsGetSuccessorsBeforeTheirTicketsEnd() throws Exception {
    SmbHost host = host(account("plain", password(KerberosBed.PASSWORD)));
    assertThat(host.clock().now()).isNotNull();
    long before = bed.logins("plain", OK);
    Duration step = Duration.ofMinutes(1);
    for (Duration at = Duration.ZERO; at.compareTo(Duration.ofHours(30)) < 0; at = at.plus(step)) {
      later += step.toNanos();
      assertThat(host.clock().now()).isNotNull();
    }

    // Nine minutes each, and a step may pass.
    assertThat(bed.logins("plain", OK) - before).isBetween(30 * 60 / 10L, 30 * 60 / 9L);
  }

  /** A member server of the domain, the shape of a real mail host. */
  @Nested
  class OfAMember {
    private static final String SPN = "cifs/mail01.bed.test@BED.TEST";

    @SuppressWarnings("NullAway.Init") // before all
    private static DomainServer member;

    @BeforeAll
    static void join() throws IOException {
      member = bed.join();
      warmUp(KerberosBed.MEMBER_ADDRESS, SPN);
    }

    /** By the DNS of the domain alone, and by the name that the configuration gives the host. */
    @ParameterizedTest
    @ValueSource(strings = {"mail01.bed.test", "mail01"})
    void checkReadsWithEveryCollectorAndLogsInOnce(String name) throws Exception {
      long before = bed.logins("imf").size();
      int logons = member.logons().size();

      String read = bed.check(name);

      assertEveryCollectorRead(read);
      assertThat(bed.logins("imf").size() - before).isEqualTo(1);
      assertThat(member.logons().subList(logons, member.logons().size()))
          .singleElement()
          .asString()
          .contains("Successful AuthZ: [SMB2,krb5] user [BED]\\[imf]");
    }

    @Test
    void theEventLogIsReadWithSealedCalls() throws Exception {
      KerberosLogin login = account("imf", Proof.PASSWORD.of(), SPN);
      try (SmbSession session = session(KerberosBed.MEMBER_ADDRESS, login);
          EventLogClient log = EventLogClient.open(rpc(session), session.sealing(), "System")) {
        assertThat(log.range().orElseThrow().oldest()).isEqualTo(1);
      }
    }

    @Test
    void aTicketOfAnotherMachineIsNamed() {
      KerberosLogin login = account("imf", Proof.PASSWORD.of(), KerberosTest.SPN);

      assertThat(refused(host(KerberosBed.MEMBER_ADDRESS, login, gate(), SmbProtocol.SMB2)))
          .hasMessageContaining("it cannot read the ticket: spn names another machine");
    }

    @Test
    void aWrongPasswordIsNamedAsAtTheControllerAndCostsOneLogIn() throws Exception {
      LoginGate gate = gate();
      long before = bed.logins("plain").size();

      NotReached refused =
          refused(
              host(
                  KerberosBed.MEMBER_ADDRESS,
                  account("plain", password("not-the-0ne"), SPN),
                  gate,
                  SmbProtocol.SMB2));

      assertThat(refused.reason()).isEqualTo(ErrorReason.AUTH);
      assertThat(refused)
          .hasMessageStartingWith(
              "127.0.77.2 is not asked: the KDC of BED.TEST refused a log-in with its account: the"
                  + " password is wrong (24)");
      assertThat(refused(host(account("plain", password("not-the-0ne")), gate, SmbProtocol.SMB2)))
          .hasMessage(String.valueOf(refused.getMessage()).replace("127.0.77.2", "127.0.77.1"));
      assertThat(bed.logins("plain").size() - before).isEqualTo(1);
    }

    /** So that nothing was read by a log-in other than Kerberos. */
    @Test
    void ntlmIsRefused() {
      assertThat(refused(byNtlm(KerberosBed.MEMBER_ADDRESS)))
          .hasMessageContaining("it takes no NTLM");
    }
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
    return account(user, proof, SPN);
  }

  private static KerberosLogin account(String user, KerberosLogin.Proof proof, String spn) {
    return new KerberosLogin(user, KerberosBed.REALM, proof, spn, Optional.empty());
  }

  private static void assertEveryCollectorRead(String check) {
    for (String collector :
        List.of("services", "definition", "smtp", "events", "folders", "volumes", "host")) {
      assertThat(check).containsPattern("(?m)^ok +" + collector + " ");
    }
  }

  private SmbHost host(KerberosLogin login) {
    return host(login, gate(), SmbProtocol.SMB2);
  }

  private SmbHost host(KerberosLogin login, LoginGate gate, SmbProtocol protocol) {
    return host(KerberosBed.ADDRESS, login, gate, protocol);
  }

  private SmbHost host(String address, KerberosLogin login, LoginGate gate, SmbProtocol protocol) {
    return track(
        new SmbHost(
            new SmbHostConfig(
                address, KerberosBed.PORT, () -> copy(login), gate, protocol, TIMEOUT),
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
            login
                .fallback()
                .map(ntlm -> new Login(ntlm.domain(), ntlm.user(), ntlm.password().clone())))
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
