package dev.imfexporter.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * TCP from this machine. Thread-safe.
 *
 * @param host the name or address of the host itself
 */
public record SocketTcp(String host) implements Tcp {

  @Override
  public Connection connect(String address, int port, Duration timeout) throws IOException {
    String name = address.isEmpty() ? host : address;
    InetSocketAddress end = new InetSocketAddress(name, port);
    if (end.isUnresolved()) {
      throw new UnknownHostException("no address is known for the name " + name);
    }
    Socket socket = new Socket();
    try {
      socket.connect(end, millis(timeout));
      socket.setSoTimeout(millis(timeout));
      return new Open(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Rounded up, so that a timeout is never before the deadline from which it was computed. */
  private static int millis(Duration timeout) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.plusNanos(999_999).toMillis()));
  }

  /** Used by one thread; only the timer of {@link #startTls} closes it from another. */
  private static final class Open implements Connection {
    private final Socket plain;
    private Socket socket;
    private Optional<CompletableFuture<Void>> end = Optional.empty();

    Open(Socket socket) {
      this.plain = socket;
      this.socket = socket;
    }

    @Override
    public InputStream in() throws IOException {
      return socket.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
      return socket.getOutputStream();
    }

    @Override
    public void timeout(Duration timeout) throws IOException {
      socket.setSoTimeout(millis(timeout));
    }

    @Override
    public Tls startTls(String name, Duration handshake, Duration within) throws IOException {
      end = Optional.of(closeAfter(within));
      CompletableFuture<Void> late = closeAfter(handshake);
      try {
        TlsClient.Secured secured = TlsClient.secure(plain, name);
        if (!late.cancel(false)) {
          throw new SocketTimeoutException();
        }
        socket = secured.socket();
        return secured.tls();
      } finally {
        late.cancel(false);
      }
    }

    private CompletableFuture<Void> closeAfter(Duration time) {
      Executor later = CompletableFuture.delayedExecutor(millis(time), TimeUnit.MILLISECONDS);
      return CompletableFuture.runAsync(() -> close(plain), later);
    }

    @Override
    public void close() {
      end.ifPresent(timer -> timer.cancel(false));
      // Without the goodbye of TLS, which could block: SMTP has said its own.
      close(plain);
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        // All bytes were sent and read; the connection is of no more use.
        System.getLogger(SocketTcp.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
      }
    }
  }
}
