package dev.imfexporter.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.imfexporter.access.SocketTcp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server on a loopback port that plays a part for each client, on a thread of its own. */
final class ScriptedSmtp {
  private final ServerSocket listening = listen();
  private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private CompletableFuture<Void> server = CompletableFuture.completedFuture(null);

  /** What the server does with a client. */
  @FunctionalInterface
  interface Part {
    void play(Session session) throws IOException;
  }

  /** The connection of a client. */
  final class Session {
    final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    Session(Socket socket) throws IOException {
      this.socket = socket;
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1), 1);
      out = socket.getOutputStream();
    }

    /** Sends this as it is, an octet for each character. */
    Session say(String text) throws IOException {
      out.write(text.getBytes(ISO_8859_1));
      out.flush();
      return this;
    }

    /** Waits for the next line of the client. */
    Session hear() throws IOException {
      String line = in.readLine();
      if (line != null) {
        heard.add(line);
      }
      return this;
    }

    /** Waits until the client sends something, or hangs up. */
    Session await() throws IOException {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("The client is gone");
      }
      return this;
    }

    /** Takes all that the client sends, until it hangs up. */
    void awaitEnd() throws IOException {
      while (in.read() >= 0) {
        Thread.onSpinWait();
      }
    }

    /** Speaks TLS from now on. */
    Session secure(SSLContext context) throws IOException {
      SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, InputStream.nullInputStream(), true);
      tls.setUseClientMode(false);
      return new Session(tls);
    }

    /** Sends this again and again, until the client has had enough. */
    @SuppressWarnings("InfiniteLoopStatement") // The client ends it.
    void pour(String text) throws IOException {
      while (true) {
        say(text);
      }
    }
  }

  /** Plays one part for each client, one client after the other. */
  void serve(Part... parts) {
    server =
        CompletableFuture.runAsync(
            () -> List.of(parts).forEach(this::play),
            task -> {
              Thread thread = new Thread(task, "test server");
              thread.setDaemon(true);
              thread.start();
            });
  }

  private void play(Part part) {
    try (Socket client = listening.accept()) {
      part.play(new Session(client));
    } catch (IOException e) {
      heard.add("gone");
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  /** As the texts of failures name it. */
  String place() {
    return "port " + port() + " of 127.0.0.1";
  }

  /** What the clients have said so far, a line each. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** Waits for what a client says next. */
  String next() throws InterruptedException {
    return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
  }

  /** A host whose own address is this server's. */
  static BareHost host() {
    BareHost host = new BareHost();
    host.tcp = new SocketTcp("127.0.0.1");
    return host;
  }

  /** Nothing listens any more. */
  void stopListening() throws IOException {
    listening.close();
  }

  /** Waits until the last part was played. */
  void close() throws IOException, InterruptedException, ExecutionException, TimeoutException {
    listening.close();
    server.get(30, TimeUnit.SECONDS);
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
