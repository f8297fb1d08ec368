package dev.imfexporter.bed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes the connections that come to a socket on to a port of this machine, from now on. */
public final class Detour {
  private Detour() {}

  /**
   * What the server sends on one connection; runs on a thread of its own until either side ends.
   */
  @FunctionalInterface
  interface Answers {
    void pass(Socket server, Socket client) throws IOException;
  }

  /** Until the socket is closed. */
  public static void begin(ServerSocket from, int to) {
    begin(from, to, Detour::pass);
  }

  /** The same, with what the server sends passed on by other means. */
  static void begin(ServerSocket from, int to, Answers answers) {
    daemon(() -> accept(from, to, answers));
  }

  private static void accept(ServerSocket from, int to, Answers answers) {
    try {
      while (true) {
        Socket client = from.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
        daemon(() -> run(client, server, Detour::pass));
        daemon(() -> run(server, client, answers));
      }
    } catch (IOException closed) {
      // The detour is closed.
    }
  }

  private static void run(Socket from, Socket to, Answers way) {
    try (from;
        to) {
      way.pass(from, to);
    } catch (IOException closed) {
      // So is the other side.
    }
  }

  private static void pass(Socket from, Socket to) throws IOException {
    from.getInputStream().transferTo(to.getOutputStream());
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "detour");
    thread.setDaemon(true);
    thread.start();
  }
}
