package dev.imfexporter.bed;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The socket by which smbd hands a pipe to its server; a thread for each client. */
final class PipeSocket implements AutoCloseable {
  private final Path path;
  private final ServerSocketChannel socket;
  private final Server server;

  /** Serves one client, until it returns or throws. */
  @FunctionalInterface
  interface Server {
    void serve(DataInputStream in, OutputStream out) throws IOException;
  }

  private PipeSocket(Path path, ServerSocketChannel socket, Server server) {
    this.path = path;
    this.socket = socket;
    this.server = server;
  }

  static PipeSocket serve(Path path, Server server) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(path));
    PipeSocket pipe = new PipeSocket(path, socket, server);
    daemon(path.getFileName().toString(), pipe::accept);
    return pipe;
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (true) {
      try {
        SocketChannel client = socket.accept();
        daemon(path.getFileName() + "-client", () -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        DataInputStream in = new DataInputStream(Channels.newInputStream(client));
        OutputStream out = Channels.newOutputStream(client)) {
      server.serve(in, out);
    } catch (IOException gone) {
      // The client has closed.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    Files.deleteIfExists(path);
  }
}
