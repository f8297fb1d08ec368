package dev.imfexporter.bed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes the connections that come to a socket on to a port of this machine, from now on. */
public final class Detour {
  private Detour() {}

  /** Until the socket is closed. */
  public static void begin(ServerSocket from, int to) {
    daemon(() -> accept(from, to));
  }

  private static void accept(ServerSocket from, int to) {
    try {
      while (true) {
        Socket client = from.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
        daemon(() -> pass(client, server));
        daemon(() -> pass(server, client));
      }
    } catch (IOException closed) {
      // The detour is closed.
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

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "detour");
    thread.setDaemon(true);
    thread.start();
  }
}
