package dev.imfexporter.http;

import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.ObservedHost;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** The ways in which requests are answered. */
final class Answers {
  private final Executor executor;
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();

  /**
   * @param executor runs what renders and writes an answer that had to wait for a host
   */
  Answers(Executor executor) {
    this.executor = executor;
  }

  /** Answers those who still wait for a host that the program is stopping. */
  void stop() {
    stopping.completeExceptionally(new RejectedExecutionException("stopping"));
  }

  /** A snapshot that is there already is answered at once, without a change of the thread. */
  void whenObserved(
      Context request, ObservedHost host, Duration deadline, Consumer<HostSnapshot> answer) {
    CompletableFuture<HostSnapshot> snapshot = host.observe(deadline);
    request.future(
        () ->
            snapshot.isDone()
                ? snapshot.thenAccept(answer)
                : snapshot.thenAcceptAsync(answer, executor).acceptEither(stopping, done -> {}));
  }

  /** Answers once the task is done, which may block. */
  void whenDone(Context request, Runnable task) {
    request.future(() -> CompletableFuture.runAsync(task, executor));
  }

  /** In one piece: Javalin's own way copies it through a buffer that is made for every answer. */
  static void send(Context request, byte[] body) {
    try {
      request.outputStream().write(body);
    } catch (IOException e) {
      throw new CompletionException(e); // Javalin looks inside and sees that the client has gone.
    }
  }

  static void page(Context request, String page) {
    request
        .header("Vary", "Accept-Encoding")
        .header("Content-Security-Policy", PageStyle.contentSecurityPolicy())
        .header("Referrer-Policy", "no-referrer")
        .contentType("text/html; charset=utf-8");
    send(request, page.getBytes(StandardCharsets.UTF_8));
  }

  static void sentence(Context request, int status, String sentence) {
    request.status(status).contentType("text/plain; charset=utf-8").result(sentence + "\n");
  }
}
