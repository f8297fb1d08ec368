package dev.imfexporter.access.smb;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Connections that fill the queue of a socket, so that Linux drops the next ones. */
record FullQueue(List<Socket> sockets) implements AutoCloseable {
  static FullQueue fill(ServerSocket server) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    while (sockets.size() < 16) {
      Socket socket = new Socket();
      try {
        socket.connect(server.getLocalSocketAddress(), 300);
        sockets.add(socket);
      } catch (SocketTimeoutException full) {
        socket.close();
        return new FullQueue(sockets);
      }
    }
    throw new IOException("The queue never gets full");
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
