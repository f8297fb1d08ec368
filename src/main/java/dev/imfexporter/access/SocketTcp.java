package dev.imfexporter.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

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

  private static int millis(Duration timeout) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
  }

  private record Open(Socket socket) implements Connection {
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
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        // All bytes were sent and read; the connection is of no more use.
        System.getLogger(SocketTcp.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
      }
    }
  }
}
