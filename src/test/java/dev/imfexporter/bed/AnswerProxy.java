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
  private volatile UnaryOperator<byte[]> change = answer -> answer;

  public AnswerProxy(int server) throws IOException {
    Detour.begin(socket, server, this::answer);
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

  private void answer(Socket from, Socket to) throws IOException {
    connections.incrementAndGet();
    DataInputStream in = new DataInputStream(from.getInputStream());
    DataOutputStream out = new DataOutputStream(to.getOutputStream());
    while (true) {
      byte[] answer = new byte[in.readInt()];
      in.readFully(answer);
      byte[] changed = change.apply(answer);
      byte[] whole = new byte[Integer.BYTES + changed.length];
      ByteBuffer.wrap(whole).putInt(changed.length).put(changed);
      out.write(whole);
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
