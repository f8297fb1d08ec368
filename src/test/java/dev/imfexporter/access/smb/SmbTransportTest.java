package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hierynomus.mssmb2.SMB2Dialect;
import com.hierynomus.mssmb2.messages.SMB2Echo;
import com.hierynomus.protocol.transport.PacketSerializer;
import com.hierynomus.protocol.transport.TransportException;
import com.hierynomus.smb.SMBBuffer;
import com.hierynomus.smb.SMBPacket;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The connection itself, to servers that play their part by a script. */
class SmbTransportTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final byte[] REQUEST = new byte[1000];

  private final Recorder recorder = new Recorder();

  private static final class Recorder implements SmbTransport.Receiver {
    private final LinkedBlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final List<Throwable> ends = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();

    @Override
    public void connected() {}

    @Override
    public void received(byte[] message) throws IOException {
      if (message[0] == 'r') {
        throw new BrokenProtocol("it is refused");
      }
      if (message[0] == 'm') {
        throw new OutOfMemoryError("of a test");
      }
      received.add(message);
    }

    @Override
    public void ended(Throwable why) {
      ends.add(why);
      end.complete(why);
    }
  }

  @Test
  void messagesGoBothWays() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            wire -> {
              while (true) {
                wire.send(wire.receive());
              }
            })) {
      SmbTransport transport = connected(server, LONG);
      for (int i = 0; i < 50; i++) {
        transport.write(packet());
      }

      for (int i = 0; i < 50; i++) {
        assertThat(recorder.received.poll(30, TimeUnit.SECONDS)).isEqualTo(REQUEST);
      }
      transport.disconnect();
    }
  }

  @Test
  void hostThatClosesEndsItOnce() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Wire::receive)) {
      SmbTransport transport = connected(server, LONG);
      transport.write(packet());

      assertThat(end()).isInstanceOf(EOFException.class);
      isOver(transport);
    }
  }

  @Test
  void hostThatClosesInTheMiddleOfAMessageEndsIt() throws Exception {
    try (ScriptedServer server = new ScriptedServer(wire -> wire.announce(1000))) {
      SmbTransport transport = connected(server, LONG);

      assertThat(end()).isInstanceOf(EOFException.class);
      isOver(transport);
    }
  }

  @Test
  void messageThatIsTooLongEndsIt() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            wire -> {
              wire.announce(0xffffff);
              wire.awaitClose();
              closed.countDown();
            })) {
      SmbTransport transport = connected(server, LONG);

      assertThat(end()).isInstanceOf(BrokenProtocol.class);
      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
      isOver(transport);
    }
  }

  @Test
  void answerThatIsRefusedEndsIt() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            wire -> {
              wire.send(new byte[] {'r'});
              wire.awaitClose();
            })) {
      SmbTransport transport = connected(server, LONG);

      assertThat(end()).hasMessage("it is refused");
      isOver(transport);
    }
  }

  @Test
  void errorWhileAnAnswerIsReadEndsIt() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            wire -> {
              wire.send(new byte[] {'m'});
              wire.awaitClose();
            })) {
      SmbTransport transport = connected(server, LONG);

      assertThat(end()).isInstanceOf(OutOfMemoryError.class);
      isOver(transport);
    }
  }

  @Test
  void messageThatTricklesEndsIt() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            wire -> {
              wire.announce(IncomingMessage.LARGEST);
              // However fast they come, the last byte is missing.
              for (int i = 1; i < IncomingMessage.LARGEST; i++) {
                wire.out().write(0);
                wire.out().flush();
              }
              wire.awaitClose();
            })) {
      SmbTransport transport = connected(server, SHORT);

      assertThat(end()).isInstanceOf(SocketTimeoutException.class);
      isOver(transport);
    }
  }

  @Test
  void hostThatReadsNothingEndsIt() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            wire -> {
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })) {
      SmbTransport transport = connected(server, SHORT);
      assertThatThrownBy(
              () -> {
                while (true) {
                  transport.write(packet());
                }
              })
          .isInstanceOf(TransportException.class);

      assertThat(end()).isInstanceOf(SocketTimeoutException.class);
      isOver(transport);
      over.countDown();
    }
  }

  @Test
  void silenceEndsItNotEvenAfterTheDeadlineOfAMessage() throws Exception {
    Recorder second = new Recorder();
    try (ScriptedServer silent =
            new ScriptedServer(
                wire -> {
                  wire.send(wire.receive());
                  wire.awaitClose();
                });
        ScriptedServer stuck =
            new ScriptedServer(
                wire -> {
                  wire.announce(1000);
                  wire.awaitClose();
                })) {
      SmbTransport transport = connected(silent, SHORT);
      SmbTransport later = transport(second, SHORT);
      later.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stuck.port()));
      assertThat(second.end.get(30, TimeUnit.SECONDS)).isInstanceOf(SocketTimeoutException.class);

      transport.write(packet());

      assertThat(recorder.received.poll(30, TimeUnit.SECONDS)).isEqualTo(REQUEST);
      transport.disconnect();
    }
  }

  @Test
  void closingItEndsItOnce() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            wire -> {
              wire.awaitClose();
              closed.countDown();
            })) {
      SmbTransport transport = connected(server, LONG);
      transport.disconnect();
      transport.disconnect();

      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(end()).isInstanceOf(TransportException.class);
      isOver(transport);
    }
  }

  @Test
  void portThatRefusesIsToldSo() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    SmbTransport transport = transport(LONG);

    assertThatThrownBy(
            () -> transport.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
        .isInstanceOf(ConnectException.class);
    isOver(transport);
  }

  @Test
  void portThatDropsWhatComesIsATimeout() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FullQueue queue = FullQueue.fill(full)) {
      assertThat(queue.sockets()).isNotEmpty();
      SmbTransport transport = transport(SHORT);

      assertThatThrownBy(() -> transport.connect((InetSocketAddress) full.getLocalSocketAddress()))
          .isInstanceOf(SocketTimeoutException.class);
      isOver(transport);
    }
  }

  private Throwable end() throws Exception {
    return recorder.end.get(30, TimeUnit.SECONDS);
  }

  private void isOver(SmbTransport transport) {
    assertThat(transport.isConnected()).isFalse();
    assertThatThrownBy(() -> transport.write(packet())).isInstanceOf(TransportException.class);
    transport.disconnect();
    assertThat(recorder.ends).hasSize(1);
  }

  private SmbTransport connected(ScriptedServer server, Duration timeout) throws IOException {
    SmbTransport transport = transport(timeout);
    transport.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    return transport;
  }

  private SmbTransport transport(Duration timeout) throws IOException {
    return transport(recorder, timeout);
  }

  private static SmbTransport transport(Recorder recorder, Duration timeout) throws IOException {
    PacketSerializer<SMBPacket<?, ?>, SMBBuffer> serializer = packet -> new SMBBuffer(REQUEST);
    return new SmbTransport(serializer, recorder, timeout, System::nanoTime);
  }

  private static SMBPacket<?, ?> packet() {
    return new SMB2Echo(SMB2Dialect.SMB_2_1);
  }
}
