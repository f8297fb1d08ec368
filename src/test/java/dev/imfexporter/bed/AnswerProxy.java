package dev.imfexporter.bed;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Passes SMB over TCP on to a server, and changes what the server answers. */
public final class AnswerProxy implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger connections = new AtomicInteger();
  private final int server;
  private volatile UnaryOperator<byte[]> change = answer -> answer;

  public AnswerProxy(int server) throws IOException {
    this.server = server;
    daemon(this::accept);
  }

  public int port() {
    return socket.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  /**
   * Changes each answer from now on.
   *
   * @param change of a message without the four bytes of its length
   */
  public void change(UnaryOperator<byte[]> change) {
    this.change = change;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        connections.incrementAndGet();
        Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
        daemon(() -> pass(client, to));
        daemon(() -> answer(to, client));
      }
    } catch (IOException closed) {
      // The proxy is closed.
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException closed) {
      // So is the other side.
    }
  }

  private void answer(Socket from, Socket to) {
    try (from;
        to;
        DataInputStream in = new DataInputStream(from.getInputStream());
        DataOutputStream out = new DataOutputStream(to.getOutputStream())) {
      while (true) {
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        byte[] changed = change.apply(answer);
        byte[] whole = new byte[Integer.BYTES + changed.length];
        ByteBuffer.wrap(whole).putInt(changed.length).put(changed);
        out.write(whole);
        out.flush();
      }
    } catch (IOException closed) {
      // So is the other side.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "answer-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
