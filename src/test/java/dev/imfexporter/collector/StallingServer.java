package dev.imfexporter.collector;

import dev.imfexporter.access.Tcp;
import dev.imfexporter.collector.Dialogue.Recipient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A server that sends a part of a script for each read and then falls silent, at STARTTLS too, and
 * the clock by which it does so. The parts are taken for answers: what the client sends is ignored.
 */
final class StallingServer implements Tcp {
  private final Deque<List<String>> scripts = new ArrayDeque<>();
  private Duration handshakeAtLeast = Duration.ZERO;
  private Duration passed = Duration.ZERO;

  /**
   * @param scripts one for each connection; "" is a part that does not come in time
   */
  @SafeVarargs
  StallingServer(List<String>... scripts) {
    for (List<String> script : scripts) {
      this.scripts.add(script);
    }
  }

  /** The clock goes on by so much in a handshake, even if the client gives up earlier. */
  void handshakeTakes(Duration time) {
    handshakeAtLeast = time;
  }

  /** A dialogue with this server, with STARTTLS. */
  Dialogue hold(Map<Recipient, String> recipients, Duration within) {
    BareHost host = new BareHost();
    host.tcp = this;
    return new DialogueReading(
            List.of(new DialogueTarget("SMTP 1", "", 25, true, recipients)),
            new DialogueReading.Client("mail01", "mon", "", within),
            () -> passed.toNanos())
        .take(host)
        .all()
        .get(0);
  }

  @Override
  public Connection connect(String address, int port, Duration timeout) throws IOException {
    if (scripts.isEmpty()) {
      throw new IOException("no more connections");
    }
    return new Session(new ArrayDeque<>(scripts.pop()));
  }

  private final class Session implements Connection {
    private final Deque<String> parts;
    private Duration timeout = Duration.ZERO;

    Session(Deque<String> parts) {
      this.parts = parts;
    }

    @Override
    public InputStream in() throws IOException {
      if (parts.isEmpty() || parts.peek().isEmpty()) {
        passed = passed.plus(timeout);
        throw new SocketTimeoutException();
      }
      return new ByteArrayInputStream(parts.pop().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public OutputStream out() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public void timeout(Duration timeout) {
      this.timeout = timeout;
    }

    @Override
    public Tls startTls(String name, Duration handshake, Duration within) throws IOException {
      passed =
          passed.plus(handshake.compareTo(handshakeAtLeast) > 0 ? handshake : handshakeAtLeast);
      throw new SocketTimeoutException();
    }

    @Override
    public void close() {}
  }
}
