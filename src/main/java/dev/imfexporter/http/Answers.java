package dev.imfexporter.http;

import dev.imfexporter.api.FleetJson;
import dev.imfexporter.diagnosis.KeptEpisodes;
import dev.imfexporter.exposition.Rendered;
import dev.imfexporter.page.HostsAddress;
import dev.imfexporter.page.PageStyle;
import dev.imfexporter.page.Site;
import dev.imfexporter.text.Listing;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.Key;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends answers: at once, or when a host or a task has finished. */
final class Answers {
  /** Gzip, or none for clients that do not accept it. */
  static final CompressionStrategy COMPRESSION =
      new CompressionStrategy(null, new Gzip(Rendered.GZIP_LEVEL));

  /** Where browsers find the pages, of the server that answers. */
  static final Key<Site> SITE = new Key<>("site");

  private final Executor executor;
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();

  /**
   * @param executor for answers that had to wait
   */
  Answers(Executor executor) {
    this.executor = executor;
  }

  /** Ends requests that wait for a host with {@link RejectedExecutionException}. */
  void stop() {
    stopping.completeExceptionally(new RejectedExecutionException("stopping"));
  }

  /** Answers with a snapshot of the host; on the calling thread if the host has one at once. */
  void whenObserved(
      Context request, ObservedHost host, Duration deadline, Consumer<HostSnapshot> answer) {
    whenKnown(request, host.scrape(deadline), answer);
  }

  /** Answers with a value; on the calling thread if it is there at once. */
  <T> void whenKnown(Context request, CompletableFuture<T> value, Consumer<T> answer) {
    request.future(
        () ->
            value.isDone()
                ? value.thenAccept(answer)
                : value.thenAcceptAsync(answer, executor).acceptEither(stopping, done -> {}));
  }

  /** Answers when the task is done; the task may block. */
  void whenDone(Context request, Runnable task) {
    request.future(() -> CompletableFuture.runAsync(task, executor));
  }

  /** Writes the body in one piece; Javalin would copy it through a buffer made for each answer. */
  static void send(Context request, byte[] body) {
    try {
      request.outputStream().write(body);
    } catch (IOException e) {
      throw new CompletionException(e); // Javalin unwraps it and ignores lost clients.
    }
  }

  /**
   * The body of the answer to a scrape.
   *
   * @param accepted the request's Accept-Encoding header; null for none
   * @param header puts a header of the answer
   */
  static byte[] scrape(
      Rendered page, @Nullable String accepted, BiConsumer<String, String> header) {
    header.accept("Vary", "Accept, Accept-Encoding");
    header.accept("Content-Type", page.contentType());
    if (!takesGzip(accepted)) {
      return page.body();
    }
    header.accept("Content-Encoding", "gzip"); // Keeps Javalin from compressing it again.
    return page.gzip();
  }

  /** For HEAD where the body is not made: sent later, they would have a Content-Length of 0. */
  static void sendHeaders(Context request) {
    try {
      request.res().flushBuffer();
    } catch (IOException e) {
      throw new CompletionException(e); // As above.
    }
  }

  /**
   * @param accepted the request's Accept-Encoding header; null for none
   */
  private static boolean takesGzip(@Nullable String accepted) {
    return accepted != null && COMPRESSION.findMatchingCompressor(accepted) != null;
  }

  static void page(Context request, String page) {
    request.header("Vary", "Accept-Encoding").contentType("text/html; charset=utf-8");
    if (SecurityHeaders.isNoPages(request.res().getHeader(SecurityHeaders.POLICY))) {
      request.header(SecurityHeaders.POLICY, PageStyle.contentSecurityPolicy());
    }
    send(request, page.getBytes(StandardCharsets.UTF_8));
  }

  /** Why a request is not answered: a sentence, and JSON for programs. */
  static void problem(Context request, int status, String sentence) {
    if (pathOf(request).startsWith("/api/")) {
      request.status(status).contentType("application/json").result(FleetJson.error(sentence));
    } else {
      sentence(request, status, sentence);
    }
  }

  /** The path below the prefix of the routes. */
  static String pathOf(Context request) {
    return request.path().substring(request.contextPath().length());
  }

  /** The address of a path of this exporter, as a client has to ask for it. */
  static String at(Context request, String path) {
    return request.appData(SITE).at(path);
  }

  static void noSuchHost(Context request, Watched watched) {
    sentence(request, 404, otherHosts(request, watched, "/"));
  }

  /**
   * That there is no such host, and which there are, for people and for commands that print it.
   *
   * @param list the path that has all of them
   */
  static String otherHosts(Context request, Watched watched, String list) {
    List<String> names = watched.hosts().stream().map(ObservedHost::name).toList();
    return "There is no such host, but %s%s."
        .formatted(
            Listing.some(names),
            names.size() > Listing.MOST ? "; %s lists all".formatted(at(request, list)) : "");
  }

  static void noSuchEpisode(Context request, HostSnapshot host, String number) {
    sentence(
        request,
        404,
        "%s. %s lists the newest; where --storage.path keeps a history, imf-exporter history lists all."
            .formatted(
                KeptEpisodes.without(host, number), at(request, HostsAddress.ofHost(host.name()))));
  }

  static void sentence(Context request, int status, String sentence) {
    request.status(status).contentType("text/plain; charset=utf-8").result(sentence + "\n");
  }
}
