package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.EventLogReader.Direction;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.HostClock.HostTime;
import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.format.EventBytes;
import dev.imfexporter.bed.Detour;
import dev.imfexporter.bed.RegistryPipe.Spoil;
import dev.imfexporter.bed.SambaBed;
import dev.imfexporter.bed.ServicePipe;
import dev.imfexporter.bed.ServicePipe.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The access against a real Samba server, whose service manager is a stand-in. */
@Tag("samba")
@ParameterizedClass
@EnumSource(
    value = SambaBed.Variant.class,
    names = {"SMB2", "SMB1"})
class SmbHostTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String EXCHANGE = "SOFTWARE\\Microsoft\\Exchange\\ContentFilterVersion";

  @SuppressWarnings("NullAway.Init") // before each class invocation
  private static SambaBed bed;

  private final AtomicInteger logins = new AtomicInteger();
  private String password = SambaBed.PASSWORD;
  private final SmbProtocol protocol;
  private final SmbHost host;

  SmbHostTest(SambaBed.Variant variant) {
    protocol = SmbProtocol.valueOf(variant.name());
    host = host(SambaBed.PORT);
  }

  @BeforeParameterizedClassInvocation
  static void start(SambaBed.Variant variant) throws IOException {
    bed = SambaBed.start(variant.options());
    bed.registry(EXCHANGE, "SPAM", "sz", "6.5.7960.0");
    bed.registry(EXCHANGE, "Size", "dword", "7960");
    for (int i = 1; i <= 300; i++) {
      if (i <= 3 || i == 300) {
        bed.event(
            i,
            Instant.parse("2026-11-22T03:12:07Z").plusSeconds(i),
            7036,
            "Service Control Manager",
            "SMTP",
            "stopped " + i);
      }
    }
    Files.writeString(bed.share().resolve("NTFS_1.EML"), "a message");
    Files.createDirectory(bed.share().resolve("6.5.7960.0"));
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    bed.close();
  }

  @BeforeEach
  void services() {
    ServicePipe services = bed.services();
    services.fault(Fault.NONE);
    services.deny("SMTPSVC", 0);
    services.deny("", 0);
    services.put(
        "IISADMIN",
        new ServicePipe.Service(
            ServiceState.RUNNING, 2, false, "IIS Admin Service", List.of("RPCSS")));
    services.put(
        "SMTPSVC",
        new ServicePipe.Service(
            ServiceState.RUNNING,
            2,
            true,
            "Simple Mail Transfer Protocol (SMTP)",
            List.of("IISADMIN", "+Network")));
    services.put(
        "RESvc", new ServicePipe.Service(ServiceState.STOPPED, 3, false, "", List.of("IISADMIN")));
  }

  @AfterEach
  void close() throws IOException {
    host.close();
    bed.freeze(false);
  }

  private SmbHost host(int port) {
    return host(port, TIMEOUT);
  }

  private SmbHost host(int port, Duration timeout) {
    return new SmbHost(
        new SmbHostConfig(
            "127.0.0.1",
            port,
            () -> {
              logins.incrementAndGet();
              return new Login("", SambaBed.USER, password.toCharArray());
            },
            new LoginGate(false, System::nanoTime),
            protocol,
            timeout),
        System::nanoTime);
  }

  @Test
  void servicesAreToldWithTheirStatesAndModes() throws AccessException {
    assertThat(host.services().status("smtpsvc"))
        .contains(new ServiceStatus(ServiceState.RUNNING, 0, 0, 4242));
    assertThat(host.services().config("SMTPSVC"))
        .contains(
            new ServiceConfig(
                "Simple Mail Transfer Protocol (SMTP)",
                StartMode.DELAYED_AUTO,
                List.of("IISADMIN"),
                new ServiceConfig.Details(List.of("Network"), "LocalSystem", Optional.empty())));
    assertThat(host.services().config("RESvc").orElseThrow().displayName()).isEqualTo("RESvc");
    assertThat(host.services().dependents("IISADMIN")).containsExactly("RESvc", "SMTPSVC");
    bed.services().enters("SMTPSVC", ServiceState.START_PENDING);
    assertThat(host.services().status("SMTPSVC").orElseThrow())
        .isEqualTo(new ServiceStatus(ServiceState.START_PENDING, 1066, 42, 0));
    assertThat(logins).hasValue(1);
  }

  @Test
  void recoveryActionsAreToldOfAHostOfAnyAge() throws AccessException {
    byte[] command = ("cmd.exe /c " + "x".repeat(300) + "\0").getBytes(StandardCharsets.UTF_16LE);
    byte[] actions =
        ByteBuffer.allocate(28 + command.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(86_400)
            .putInt(0)
            .putInt(28)
            .putInt(1)
            .putInt(20)
            .putInt(3)
            .putInt(60_000)
            .put(command)
            .array();
    RecoveryActions expected =
        new RecoveryActions(
            86_400,
            List.of(new Action(ActionType.RUN_COMMAND, 60_000)),
            "cmd.exe /c " + "x".repeat(300),
            "",
            Optional.empty());

    bed.services().recovery("IISADMIN", actions, Optional.of(1));
    assertThat(recovery("IISADMIN")).contains(expected.with(Optional.of(true)));
    bed.services().recovery("IISADMIN", actions, Optional.empty());
    assertThat(recovery("IISADMIN")).contains(expected);
    bed.services().recovery("IISADMIN", new byte[20], Optional.of(0));
    assertThat(recovery("IISADMIN")).contains(RecoveryActions.NONE.with(Optional.of(false)));
    actions[12] = -1;
    bed.services().recovery("IISADMIN", actions, Optional.of(1));
    assertThat(recovery("IISADMIN")).isEmpty();
    assertThat(host.services().config("IISADMIN").orElseThrow().startMode())
        .isEqualTo(StartMode.AUTO);
  }

  private Optional<RecoveryActions> recovery(String service) throws AccessException {
    return host.services().config(service).flatMap(config -> config.details().recovery());
  }

  @Test
  void serviceThatIsNotInstalledIsNone() throws AccessException {
    assertThat(host.services().status("POP3SVC")).isEmpty();
    assertThat(host.services().dependents("POP3SVC")).isEmpty();
  }

  @Test
  void aRightThatIsMissingIsNamed() throws AccessException {
    bed.services().deny("SMTPSVC", 4);

    assertThatThrownBy(() -> host.services().status("SMTPSVC"))
        .isInstanceOf(CallFailed.class)
        .hasMessageContaining("OpenService SMTPSVC failed: Access is denied (5)")
        .hasMessageContaining("SERVICE_QUERY_STATUS on the service SMTPSVC");
    assertThat(host.services().status("IISADMIN")).isPresent();
    assertThat(logins).hasValue(1);
  }

  @Test
  void aPipeThatIsNotServedNamesItsServiceAndLeavesTheSessionAlone() throws Exception {
    assertThat(host.services().status("SMTPSVC")).isPresent();
    bed.pipe("winreg", false);
    try {
      assertThatThrownBy(() -> host.registry().lastWritten(View.BITS_64, EXCHANGE))
          .isInstanceOf(CallFailed.class)
          .hasMessageContaining("Opening \\PIPE\\winreg of 127.0.0.1 failed")
          .hasMessageContaining("RemoteRegistry");
    } finally {
      bed.pipe("winreg", true);
    }

    assertThat(host.services().status("SMTPSVC")).isPresent();
    assertThat(host.registry().value(View.BITS_64, EXCHANGE, "SPAM")).isPresent();
    assertThat(logins).hasValue(1);
  }

  @Test
  void registryValuesAreReadInBothViews() throws AccessException {
    for (View view : View.values()) {
      assertThat(host.registry().value(view, EXCHANGE, "SPAM"))
          .contains(new RegistryValue.Text("6.5.7960.0"));
    }
    assertThat(host.registry().value(View.BITS_64, EXCHANGE, "Size"))
        .contains(new RegistryValue.Numeric(7960));
    assertThat(host.registry().value(View.BITS_64, EXCHANGE, "missing")).isEmpty();
    assertThat(host.registry().value(View.BITS_64, "SOFTWARE\\missing", "SPAM")).isEmpty();
    assertThat(host.registry().lastWritten(View.BITS_64, "SOFTWARE\\missing")).isEmpty();
  }

  @Test
  void eventsAreReadOnFromARecord() throws Exception {
    try (EventLogReader log = host.eventLog().open("System")) {
      assertThat(log.range()).isPresent();
      long oldest = log.range().orElseThrow().oldest();
      assertThat(EventBytes.parse(log.read(oldest, Direction.NEWER)))
          .anySatisfy(record -> assertThat(record.toString()).contains("SMTP"));
    }
  }

  @Test
  void theClockIsTold() throws AccessException {
    HostTime time = host.clock().now();

    assertThat(Duration.between(time.now(), Instant.now()).abs()).isLessThan(TIMEOUT);
  }

  @Test
  void foldersOfAShareAreListed() throws AccessException {
    Optional<List<Entry>> entries = host.files().list("\\\\127.0.0.1\\share");

    assertThat(entries.orElseThrow())
        .extracting(Entry::name)
        .containsExactlyInAnyOrder("NTFS_1.EML", "6.5.7960.0");
    assertThat(host.files().list("\\\\127.0.0.1\\share\\missing")).isEmpty();
    assertThat(host.files().sample("\\\\127.0.0.1\\share", 1, TIMEOUT).orElseThrow())
        .satisfies(sample -> assertThat(sample.complete()).isFalse())
        .satisfies(sample -> assertThat(sample.entries()).hasSize(1));
    assertThatThrownBy(() -> host.files().list("C:\\Exchsrvr"))
        .isInstanceOf(AccessException.Unsupported.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"NONE", "TINY_FRAGMENTS"},
      mode = EnumSource.Mode.EXCLUDE)
  void aBrokenAnswerFailsInTimeAndIsForgotten(Fault fault) throws AccessException {
    assertThat(host.services().status("SMTPSVC")).isPresent();
    bed.services().fault(fault);
    long begun = System.nanoTime();

    assertThatThrownBy(() -> host.services().status("SMTPSVC"))
        .isInstanceOfSatisfying(
            NotReached.class,
            e ->
                assertThat(e.reason())
                    .as(e.getMessage())
                    .isIn(
                        fault == Fault.SILENT
                            ? List.of(ErrorReason.TIMEOUT)
                            : List.of(ErrorReason.PROTOCOL, ErrorReason.UNREACHABLE)));
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isLessThan(TIMEOUT.multipliedBy(2).plusSeconds(1));
    bed.services().fault(Fault.NONE);

    recovers();
  }

  @ParameterizedTest
  @EnumSource(
      value = Spoil.class,
      names = {"NOTHING"},
      mode = EnumSource.Mode.EXCLUDE)
  void spoiledAnswersOfARealServerFailInTimeAndAreForgotten(Spoil spoil) throws AccessException {
    assertThat(host.registry().value(View.BITS_64, EXCHANGE, "SPAM")).isPresent();
    bed.registryPipe().spoil(spoil);
    long begun = System.nanoTime();

    assertThatThrownBy(
            () -> {
              // Of an answer that comes twice, the next call hears.
              host.registry().value(View.BITS_64, EXCHANGE, "SPAM");
              host.registry().value(View.BITS_64, EXCHANGE, "Size");
            })
        .isInstanceOf(AccessException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isLessThan(TIMEOUT.multipliedBy(3).plusSeconds(1));
    bed.registryPipe().spoil(Spoil.NOTHING);

    await("the registry is read again")
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> host.registry().value(View.BITS_64, EXCHANGE, "SPAM").isPresent());
  }

  @Test
  void aRegistryThatHangsLeavesTheSessionToTheOthers() throws AccessException {
    assumeThat(protocol).as("over SMB 1, all begin anew").isEqualTo(SmbProtocol.SMB2);
    bed.registryPipe().spoil(Spoil.HELD);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> host.registry().value(View.BITS_64, EXCHANGE, "SPAM"))
          .isInstanceOfSatisfying(
              NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.TIMEOUT));
      assertThat(host.services().status("SMTPSVC")).isPresent();
    }
    bed.registryPipe().spoil(Spoil.NOTHING);

    assertThat(host.registry().value(View.BITS_64, EXCHANGE, "SPAM")).isPresent();
    assertThat(logins).hasValue(1);
  }

  @Test
  void aProviderThatHangsHoldsUpNothingElse() throws AccessException {
    bed.registryPipe().performance(value -> new byte[100_000]);
    assertThat(host.performanceData().query("4000")).hasSize(100_000);
    bed.registryPipe().hang(true);
    try {
      assertThatThrownBy(() -> host.performanceData().query("4000"))
          .isInstanceOfSatisfying(
              NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.TIMEOUT));
      assertThat(host.registry().value(View.BITS_64, EXCHANGE, "SPAM")).isPresent();
      assertThat(host.services().status("SMTPSVC")).isPresent();
    } finally {
      bed.registryPipe().hang(false);
    }

    assertThat(host.performanceData().query("4000")).hasSize(100_000);
  }

  @Test
  void fragmentsOfOneByteAreJoined() throws AccessException {
    bed.services().fault(Fault.TINY_FRAGMENTS);

    assertThat(host.services().config("IISADMIN").orElseThrow().displayName())
        .isEqualTo("IIS Admin Service");
  }

  @Test
  void oneConnectionServesEveryCall() throws Exception {
    assertThat(host.services().status("SMTPSVC")).isPresent();
    assertThat(host.registry().value(View.BITS_64, EXCHANGE, "SPAM")).isPresent();
    assertThat(host.clock().now()).isNotNull();
    assertThat(host.files().list("\\\\127.0.0.1\\share")).isPresent();
    try (EventLogReader log = host.eventLog().open("System")) {
      assertThat(log.range()).isPresent();
      assertThat(bed.connections()).isEqualTo(1);
    }

    host.close();

    await("no connection is left").until(() -> bed.connections() == 0);
    assertThat(logins).hasValue(1);
  }

  @Test
  void aConnectionThatIsLostIsReplacedUnnoticed() throws AccessException {
    assertThat(host.services().status("SMTPSVC")).isPresent();
    bed.dropConnections();

    recovers();
    assertThat(logins.get()).isGreaterThan(1);
  }

  @Test
  void aFrozenServerIsATimeoutAndRecovers() throws Exception {
    assertThat(host.services().status("SMTPSVC")).isPresent();
    bed.freeze(true);

    assertThatThrownBy(() -> host.services().status("SMTPSVC"))
        .isInstanceOfSatisfying(
            NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.TIMEOUT))
        .hasMessageContaining("did not answer within 2.0 s");
    bed.freeze(false);

    recovers();
  }

  @Test
  void aServerThatStopsIsRefusedAndRecovers() throws Exception {
    bed.stop();
    assertThatThrownBy(() -> host.services().status("SMTPSVC"))
        .isInstanceOfSatisfying(
            NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.REFUSED))
        .hasMessageContaining("127.0.0.1 refused TCP port " + SambaBed.PORT);
    bed.restart();

    recovers();
  }

  @Test
  void aServerThatAcceptsAndStaysSilentIsATimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SmbHost other = host(silent.getLocalPort())) {
      assertThatThrownBy(() -> other.services().status("SMTPSVC"))
          .isInstanceOfSatisfying(
              NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.TIMEOUT));

      Detour.begin(silent, SambaBed.PORT);

      recovers(other);
    }
  }

  /** Linux drops what knocks at a socket whose queue is full, as a firewall does. */
  @Test
  void aPortThatDropsWhatComesIsATimeout() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FullQueue queue = FullQueue.fill(full);
        SmbHost other = host(full.getLocalPort())) {
      assertThat(queue.sockets()).isNotEmpty();
      assertThatThrownBy(() -> other.services().status("SMTPSVC"))
          .isInstanceOfSatisfying(
              NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.TIMEOUT))
          .hasMessageContaining("does a firewall drop TCP port " + full.getLocalPort());

      Detour.begin(full, SambaBed.PORT);

      recovers(other);
    }
  }

  /** Over SMB 1, the call runs into its timeout: jcifs does not report the loss. */
  @Test
  void aServerThatIsKilledInTheMiddleOfACallIsAskedAgain() throws Exception {
    boolean reported = protocol == SmbProtocol.SMB2;
    try (SmbHost patient = host(SambaBed.PORT, reported ? Duration.ofSeconds(60) : TIMEOUT)) {
      assertThat(patient.services().status("SMTPSVC")).isPresent();
      bed.services().fault(Fault.SILENT);
      CompletableFuture<Optional<ServiceStatus>> call =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return patient.services().status("SMTPSVC");
                } catch (AccessException e) {
                  throw new CompletionException(e);
                }
              });
      await("the call is under way").until(() -> bed.services().unanswered() > 0);
      bed.services().fault(Fault.NONE);

      bed.dropConnections();

      if (reported) {
        assertThat(call.get(30, TimeUnit.SECONDS)).isPresent();
      } else {
        assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
            .cause()
            .isInstanceOf(NotReached.class);
      }
      recovers(patient);
    }
  }

  @Test
  void aNameWithoutAddressIsToldSo() {
    try (SmbHost other =
        new SmbHost(
            new SmbHostConfig(
                "no-such-host.invalid",
                445,
                () -> new Login("", SambaBed.USER, new char[0]),
                new LoginGate(false, System::nanoTime),
                protocol,
                TIMEOUT),
            System::nanoTime)) {
      assertThatThrownBy(() -> other.services().status("SMTPSVC"))
          .isInstanceOfSatisfying(
              NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.DNS));
    }
  }

  @Test
  void aRefusedLoginIsNotRepeatedUntilTheSecretChanges() throws AccessException {
    password = "wrong";
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> host.services().status("SMTPSVC"))
          .isInstanceOfSatisfying(
              NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.AUTH))
          .hasMessageContaining("unknown account or wrong password")
          .hasMessageNotContaining("wrong\"");
    }
    password = SambaBed.PASSWORD;

    assertThat(host.services().status("SMTPSVC")).isPresent();
  }

  private void recovers() {
    recovers(host);
  }

  private static void recovers(SmbHost again) {
    await("the host is read again")
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> again.services().status("SMTPSVC").isPresent());
  }
}
