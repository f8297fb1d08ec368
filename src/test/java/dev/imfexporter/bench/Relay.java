package dev.imfexporter.bench;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes SMB 2 on to a server and measures its round trips: from the last byte of a request to that
 * of its answer, which has the same MessageId (MS-SMB2 2.2.1). Encrypted messages have none.
 */
final class Relay implements AutoCloseable {
  private static final int MESSAGE_ID = 24;

  private final ServerSocket socket;
  private final int to;
  private final Duration delay;
  private final AtomicLong trips = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();

  /** What was measured since the last time: how many round trips, and their times added up. */
  record Trips(long count, double millis) {}

  private Relay(ServerSocket socket, int to, Duration delay) {
    this.socket = socket;
    this.to = to;
    this.delay = delay;
  }

  /**
   * Listens at an address of this machine.
   *
   * @param delay that each request has on its way, one after the other
   */
  static Relay at(String address, int port, Duration delay) throws IOException {
    Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getByName(address)), port, delay);
    daemon(relay::accept);
    return relay;
  }

  int port() {
    return socket.getLocalPort();
  }

  Trips take() {
    return new Trips(trips.getAndSet(0), nanos.getAndSet(0) / 1e6);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Map<Long, Long> asked = new ConcurrentHashMap<>();
        daemon(
            () ->
                pass(
                    client,
                    server,
                    id -> {
                      asked.put(id, System.nanoTime());
                      LockSupport.parkNanos(delay.toNanos());
                    }));
        daemon(
            () ->
                pass(
                    server,
                    client,
                    id -> {
                      Long at = asked.remove(id);
                      if (at != null) {
                        trips.incrementAndGet();
                        nanos.addAndGet(System.nanoTime() - at);
                      }
                    }));
      }
    } catch (IOException closed) {
      // No more clients.
    }
  }

  @FunctionalInterface
  private interface Message {
    void passed(long id);
  }

  private static void pass(Socket from, Socket to, Message message) {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      DataOutputStream out = new DataOutputStream(to.getOutputStream());
      while (true) {
        int length = in.readInt() & 0xff_ffff;
        byte[] bytes = in.readNBytes(length);
        ByteBuffer framed = ByteBuffer.allocate(4 + length).putInt(length).put(bytes);
        message.passed(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MESSAGE_ID));
        out.write(framed.array());
      }
    } catch (IOException closed) {
      // So is the other side.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
