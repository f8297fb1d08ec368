package dev.imfexporter.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Receives what Alertmanager delivers. */
final class Pager implements AutoCloseable {
  private final HttpServer server;
  private final List<Notification> notifications = new ArrayList<>();

  /**
   * A delivered notification.
   *
   * @param receiver the first part of the address that it was sent to, e.g. {@code pager}
   * @param status {@code firing} or {@code resolved}
   */
  record Notification(String receiver, String status, String groupKey, List<String> alerts) {}

  private Pager(HttpServer server) {
    this.server = server;
  }

  static Pager start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Pager pager = new Pager(server);
    server.createContext(
        "/",
        exchange -> {
          JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
          pager.receive(exchange.getRequestURI().getPath().substring(1), body);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return pager;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the pager got with a status, in order. */
  List<Notification> pages(String status) {
    return to("pager").stream().filter(n -> n.status().equals(status)).toList();
  }

  /** What a receiver got, in order. */
  synchronized List<Notification> to(String receiver) {
    return notifications.stream().filter(n -> n.receiver().equals(receiver)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void receive(String receiver, JsonNode body) {
    List<String> alerts = new ArrayList<>();
    body.path("alerts").forEach(alert -> alerts.add(alert.at("/labels/alertname").asText()));
    notifications.add(
        new Notification(
            receiver, body.path("status").asText(), body.path("groupKey").asText(), alerts));
  }
}
