package dev.imfexporter.access.smb.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.smb.rpc.RpcException.Fault;
import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import dev.imfexporter.access.smb.rpc.RpcException.Rejected;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcClientTest {
  private final ScriptedPipe pipe = new ScriptedPipe();
  private final AtomicLong nanos = new AtomicLong();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096})
  void anAnswerIsJoinedFromItsFragments(int size) throws Exception {
    byte[] stub = new byte[10_000];
    new Random(1).nextBytes(stub);
    pipe.fragment = size;
    pipe.stubs.add(stub);

    assertThat(bind().call(1, new NdrWriter()).bytes(stub.length)).isEqualTo(stub);
  }

  @Test
  void aLongRequestIsCutIntoFragments() throws Exception {
    pipe.stubs.add(new byte[4]);

    bind().call(1, new NdrWriter().bytes(new byte[10_000]));

    assertThat(pipe.written).hasSize(1 + 3);
    assertThat(pipe.written.subList(1, 4)).allMatch(pdu -> pdu.length <= 4280);
    assertThat(pipe.written.get(1)[3]).isEqualTo((byte) Pdu.FIRST);
    assertThat(pipe.written.get(2)[3]).isZero();
    assertThat(pipe.written.get(3)[3]).isEqualTo((byte) Pdu.LAST);
  }

  @Test
  void anAnswerToAnotherCallIsNoAnswer() throws Exception {
    RpcClient client = bind();
    pipe.stubs.add(new byte[4]);
    pipe.spoil = pdu -> with(pdu, 12, 99);

    assertThatThrownBy(() -> client.call(1, new NdrWriter()))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("answered call 99, want 2");
  }

  @Test
  void aFaultHasItsName() throws Exception {
    RpcClient client = bind();
    pipe.stubs.add(new byte[] {2, 0, 1, 0x1c, 0, 0, 0, 0});
    pipe.spoil =
        pdu -> {
          pdu[2] = Pdu.FAULT;
          return pdu;
        };

    assertThatThrownBy(() -> client.call(1, new NdrWriter()))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("nca_s_op_rng_error");
  }

  @Test
  void anInterfaceThatIsNotServedIsToldSoAndThePipeIsClosed() {
    pipe.spoil = pdu -> with(pdu, 32, 2);

    assertThatThrownBy(this::bind)
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("Service Control Manager on \\PIPE\\svcctl");
    assertThat(pipe.closed).isTrue();
  }

  @Test
  void aHostThatSendsForEverIsLeftInTime() throws Exception {
    RpcClient client = bind();
    pipe.stubs.add(new byte[100]);
    pipe.fragment = 1;
    pipe.spoil =
        pdu -> {
          nanos.addAndGet(Duration.ofMillis(100).toNanos());
          return Arrays.copyOf(pdu, pdu.length);
        };

    assertThatThrownBy(() -> client.call(1, new NdrWriter()))
        .isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void anAnswerWithoutEndIsRefused() throws Exception {
    RpcClient client = bind();
    pipe.stubs.add(new byte[ReplyBudget.MAX_REPLY + 1]);

    assertThatThrownBy(() -> client.call(1, new NdrWriter()))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("more than " + ReplyBudget.MAX_REPLY + " bytes");
  }

  @Test
  void largeAnswersOfAllHostsShareOneBudget() throws Exception {
    ReplyBudget budget = new ReplyBudget(1000);
    try (ReplyBudget.Share one = budget.share();
        ReplyBudget.Share other = budget.share()) {
      one.grow(ReplyBudget.OWN + 400);
      one.grow(ReplyBudget.OWN + 900);
      other.grow(ReplyBudget.OWN + 100);
      assertThatThrownBy(() -> other.grow(ReplyBudget.OWN + 101))
          .isInstanceOf(Malformed.class)
          .hasMessageContaining("while other hosts send large answers too");
    }
    try (ReplyBudget.Share again = budget.share()) {
      again.grow(ReplyBudget.OWN + 1000);
    }
  }

  @Test
  void dependentsThatShareOneLongNameAreRefused() throws Exception {
    int count = 3600;
    byte[] entries = new byte[250_000];
    ByteBuffer buffer = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      buffer.putInt(36 * i, 36 * count);
    }
    for (int at = 36 * count; at < entries.length - 2; at += 2) {
      buffer.putChar(at, 'n');
    }
    pipe.stubs.add(new byte[24]); // the manager
    pipe.stubs.add(new byte[24]); // the service
    pipe.stubs.add(
        ByteBuffer.allocate(4 + entries.length + 12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(entries.length)
            .put(entries)
            .putInt(0)
            .putInt(count)
            .putInt(0)
            .array());

    try (ServiceManagerClient client = ServiceManagerClient.open(transport(pipe))) {
      assertThatThrownBy(() -> client.dependents("IISADMIN"))
          .isInstanceOf(Malformed.class)
          .hasMessage("The host sent a service name of more than 256 characters");
    }
  }

  /** Any bytes lead to an answer or to one of our exceptions, never to a crash or a hang. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void spoiltBytesAreRefused(long seed) {
    Random dice = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      ScriptedPipe spoilt = new ScriptedPipe();
      spoilt.fragment = 1 + dice.nextInt(200);
      for (int call = 0; call < 6; call++) {
        byte[] stub = new byte[dice.nextInt(300)];
        dice.nextBytes(stub);
        if (stub.length >= 24) {
          // Let it get past the first result.
          Arrays.fill(stub, 20, 24, (byte) 0);
        }
        spoilt.stubs.add(stub);
      }
      spoilt.spoil = pdu -> spoilt(pdu, dice);
      try {
        ask(spoilt, dice.nextInt(4));
      } catch (IOException | AccessException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  private void ask(ScriptedPipe spoilt, int what) throws IOException, AccessException {
    RpcTransport host = transport(spoilt);
    switch (what) {
      case 0 -> {
        try (var client = ServiceManagerClient.open(host)) {
          client.status("SMTPSVC");
          client.config("SMTPSVC");
        } catch (java.util.NoSuchElementException scriptIsOver) {
          // The other end has no more answers.
        }
      }
      case 1 -> {
        try (var client = RegistryClient.performanceData(host)) {
          client.performance("2");
        } catch (java.util.NoSuchElementException scriptIsOver) {
          // The other end has no more answers.
        }
      }
      case 2 -> {
        try (var client = EventLogClient.open(host, Protection.NONE, "System")) {
          client.range();
          client.read(true, true, 1);
        } catch (java.util.NoSuchElementException scriptIsOver) {
          // The other end has no more answers.
        }
      }
      default -> {
        try (var client = ServerClient.open(host)) {
          client.timeOfDay();
        }
      }
    }
  }

  private static byte[] spoilt(byte[] pdu, Random dice) {
    return switch (dice.nextInt(12)) {
      case 0 -> Arrays.copyOf(pdu, dice.nextInt(pdu.length));
      case 1 -> {
        pdu[dice.nextInt(pdu.length)] ^= (byte) (1 << dice.nextInt(8));
        yield pdu;
      }
      case 2 -> Arrays.copyOf(pdu, pdu.length + dice.nextInt(50));
      default -> pdu;
    };
  }

  private RpcClient bind() throws IOException, AccessException {
    return RpcClient.open(transport(pipe), RpcInterface.SVCCTL, Protection.NONE, rpc -> rpc);
  }

  private RpcTransport transport(Pipe to) {
    return new RpcTransport(name -> to, Duration.ofSeconds(1), nanos::get);
  }

  private static byte[] with(byte[] pdu, int at, int value) {
    ByteBuffer.wrap(pdu).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return pdu;
  }
}
