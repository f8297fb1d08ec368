package dev.imfexporter.http;

import static java.lang.System.Logger.Level.ERROR;

import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.websecurity.CurrentWebSecurity;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.json.JsonMapper;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server: Javalin's routes on a Jetty without what an exporter has no use for (sessions,
 * security, acceptor threads). Bodies of up to {@value #BODY_BUFFER} bytes, as sent, carry a
 * Content-Length.
 */
public final class Server implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Server.class.getName());

  private static final int MOST_THREADS = 8;
  private static final int LEAST_THREADS = 2;

  /** Without any, Jetty starts a thread for each malformed request, to refuse it. */
  private static final int RESERVED_THREADS = 2;

  static final int BODY_BUFFER = 64 * 1024;
  private static final int STOP_MILLIS = 500;

  private final org.eclipse.jetty.server.Server jetty;
  private final Connectors connectors;
  private final ConnectionGuard guard;
  private final Gate gate;
  private final Routes routes;

  private Server(
      org.eclipse.jetty.server.Server jetty,
      Connectors connectors,
      ConnectionGuard guard,
      Gate gate,
      Routes routes) {
    this.jetty = jetty;
    this.connectors = connectors;
    this.guard = guard;
    this.gate = gate;
    this.routes = routes;
  }

  /**
   * Listens, and reads this machine, if it is watched, a first time in the background.
   *
   * @param security with TLS or without, as long as the server runs
   * @param version of this program, for the page
   */
  public static Server start(
      WebSettings settings,
      CurrentWebSecurity security,
      Watched watched,
      Exposition metrics,
      RequestTimer timer,
      TimeSource time,
      String version)
      throws BindFailed {
    for (InetSocketAddress address : settings.addresses()) {
      if (address.isUnresolved()) {
        throw BindFailed.unknownName(address);
      }
    }
    QueuedThreadPool threads = threads();
    Routes routes =
        new Routes(
            watched, settings, threads, metrics, new PageSetup(time, settings.site(), version));
    org.eclipse.jetty.server.Server jetty =
        new org.eclipse.jetty.server.Server(threads, null, buffers());
    ConnectionGuard guard =
        new ConnectionGuard(settings.mostConnections(), jetty.getScheduler(), System::nanoTime);
    jetty.addBean(guard);
    Connectors connectors = new Connectors(jetty, guard, security, timer);
    settings.addresses().forEach(connectors::add);
    jetty.setErrorHandler(refusal(security));
    // Lets the answers that are being written reach their clients before the connections close.
    jetty.setStopTimeout(STOP_MILLIS);
    Javalin javalin =
        Javalin.create(
            config -> {
              setUp(config, security.get().tls().isPresent());
              routes.addTo(config);
              config.requestLogger.http(new RequestTiming(timer));
            });
    Handler pages = context(javalin, settings.routePrefix());
    Handler shared =
        new SharedScrapes(
            settings.routePrefix(),
            settings.site().metrics(),
            metrics,
            timer,
            threads,
            time,
            new Prefix(settings.site().at("/"), pages));
    Gate gate = new Gate(security, guard, timer, shared);
    jetty.setHandler(new GracefulHandler(gate));
    Server server = new Server(jetty, connectors, guard, gate, routes);
    server.listen();
    routes.warmUp();
    return server;
  }

  /** Whether the server has a page at a path, or below its first part. */
  public static boolean isTaken(String path) {
    return Routes.isTaken(path);
  }

  /** The port that is listened on, of the first address. */
  public int port() {
    return ports().get(0);
  }

  /** The ports that are listened on, in the order of the addresses. */
  public List<Integer> ports() {
    return connectors.ports();
  }

  /** Stops within a second; requests that wait for a host or a log-in are answered with 503. */
  @Override
  public void close() {
    routes.stop();
    gate.stopLogIns();
    connectors.close();
    guard.closeIdle();
    try {
      jetty.stop();
    } catch (Exception e) {
      LOG.log(ERROR, "The HTTP server did not stop cleanly", e);
    }
  }

  private void listen() throws BindFailed {
    try {
      connectors.open();
      jetty.start();
    } catch (BindFailed e) {
      close();
      throw e;
    } catch (Exception e) {
      close();
      throw new IllegalStateException("The HTTP server does not start", e);
    }
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
    threads.setName("http");
    threads.setReservedThreads(RESERVED_THREADS);
    threads.setStopTimeout(STOP_MILLIS);
    return threads;
  }

  /** Pools buffers for whole bodies; Jetty's default pools none above 64 KiB. */
  private static ByteBufferPool buffers() {
    return new ArrayByteBufferPool(0, -1, BODY_BUFFER);
  }

  private static ServletContextHandler context(Javalin javalin, String prefix) {
    ServletContextHandler context =
        new ServletContextHandler(
            ServletContextHandler.NO_SESSIONS | ServletContextHandler.NO_SECURITY);
    context.setContextPath(prefix.isEmpty() ? "/" : prefix);
    ServletHolder servlet = new ServletHolder(javalin.javalinServlet());
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/*");
    return context;
  }

  private static void setUp(JavalinConfig config, boolean encrypted) {
    config.startup.startupWatcherEnabled = false;
    // The length of what is compressed and then encrypted tells what is in it to a page that can
    // choose a part (BREACH); what Prometheus scrapes no such page can ask for.
    config.http.compressionStrategy = encrypted ? CompressionStrategy.NONE : Answers.COMPRESSION;
    config.http.prefer405over404 = true;
    // Not used; the default would load Jackson's mapper.
    config.jsonMapper(new JsonMapper() {});
  }

  /** The answer to requests that Jetty refuses: malformed, too large, or of another HTTP. */
  private static Request.Handler refusal(CurrentWebSecurity security) {
    return (request, response, callback) -> {
      String sentence =
          "This is no request that can be answered (%d): %s.\n"
              .formatted(response.getStatus(), why(response.getStatus()));
      SecurityHeaders.put(response.getHeaders(), security.get().headers());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
      Content.Sink.write(response, true, sentence, callback);
      return true;
    };
  }

  private static String why(int status) {
    return switch (status) {
      case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
          "its address or its header is too long";
      // Jetty answers the first line of HTTP/2 with 426.
      case HttpStatus.UPGRADE_REQUIRED_426, HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 ->
          "its version of HTTP is neither 1.0 nor 1.1";
      default -> "its address or its header is malformed";
    };
  }
}
