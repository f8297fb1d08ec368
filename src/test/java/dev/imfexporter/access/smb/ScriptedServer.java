package dev.imfexporter.access.smb;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A port of this machine that speaks SMB over TCP as a test says. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger open = new AtomicInteger();
  private final Script script;

  /** What it does on each connection, which is closed behind it. */
  @FunctionalInterface
  interface Script {
    void play(Wire wire) throws IOException;
  }

  /** One connection. */
  record Wire(DataInputStream in, DataOutputStream out) {

    /** The next message, without the four bytes of its length. */
    byte[] receive() throws IOException {
      byte[] message = new byte[in.readInt()];
      in.readFully(message);
      return message;
    }

    void send(byte[] message) throws IOException {
      announce(message.length);
      out.write(message);
      out.flush();
    }

    void announce(int length) throws IOException {
      out.writeInt(length);
      out.flush();
    }

    /** Returns once the client has closed the connection. */
    void awaitClose() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  ScriptedServer(Script script) throws IOException {
    this.script = script;
    daemon(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** How many connections are open. */
  int open() {
    return open.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        open.incrementAndGet();
        daemon(() -> play(client));
      }
    } catch (IOException closed) {
      // The server is closed.
    }
  }

  private void play(Socket client) {
    try (client) {
      script.play(
          new Wire(
              new DataInputStream(client.getInputStream()),
              new DataOutputStream(client.getOutputStream())));
    } catch (IOException closed) {
      // So is the other side.
    } finally {
      open.decrementAndGet();
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
