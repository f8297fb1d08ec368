package dev.imfexporter.http;

import static java.lang.System.Logger.Level.ERROR;

import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.watch.clock.TimeSource;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.json.JsonMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server: Javalin's routes on a Jetty without what an exporter has no use for (sessions,
 * security, reserved and acceptor threads). Bodies of up to {@value #BODY_BUFFER} bytes, as sent,
 * carry a Content-Length.
 */
public final class Server implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Server.class.getName());

  private static final int MOST_THREADS = 8;
  private static final int LEAST_THREADS = 2;
  private static final int BODY_BUFFER = 64 * 1024;
  private static final int REQUEST_HEADERS = 8 * 1024;
  private static final int IDLE_MILLIS = 60_000;
  private static final int STOP_MILLIS = 500;

  private final org.eclipse.jetty.server.Server jetty;
  private final ServerConnector connector;
  private final Routes routes;

  private Server(org.eclipse.jetty.server.Server jetty, ServerConnector connector, Routes routes) {
    this.jetty = jetty;
    this.connector = connector;
    this.routes = routes;
  }

  /**
   * Listens, and reads this machine, if it is watched, a first time in the background.
   *
   * @param address port 0 takes a free one
   * @param lifecycle whether the configuration may be reloaded by a request
   * @param version of this program, for the page
   */
  public static Server start(
      InetSocketAddress address,
      Watched watched,
      boolean lifecycle,
      Exposition metrics,
      RequestTimer timer,
      TimeSource time,
      String version)
      throws BindFailed {
    if (address.isUnresolved()) {
      throw BindFailed.unknownName(address);
    }
    QueuedThreadPool threads = threads();
    Routes routes = new Routes(watched, lifecycle, threads, metrics, time, version);
    org.eclipse.jetty.server.Server jetty =
        new org.eclipse.jetty.server.Server(threads, null, buffers());
    ServerConnector connector = connector(jetty, address);
    jetty.addConnector(connector);
    jetty.setErrorHandler(refusal());
    // Lets the answers that are being written reach their clients before the connections close.
    jetty.setStopTimeout(STOP_MILLIS);
    jetty.setHandler(
        graceful(
            Javalin.create(
                config -> {
                  setUp(config);
                  routes.addTo(config);
                  config.requestLogger.http(new RequestTiming(timer));
                })));
    Server server = new Server(jetty, connector, routes);
    server.listen(address);
    routes.warmUp();
    return server;
  }

  /** The port that is listened on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Stops within a second; requests that wait for a host are answered with 503. */
  @Override
  public void close() {
    routes.stop();
    try {
      jetty.stop();
    } catch (Exception e) {
      LOG.log(ERROR, "The HTTP server did not stop cleanly", e);
    }
  }

  private void listen(InetSocketAddress address) throws BindFailed {
    try {
      jetty.start();
    } catch (IOException e) {
      close();
      throw BindFailed.refused(address, e);
    } catch (Exception e) {
      close();
      throw new IllegalStateException("The HTTP server does not start", e);
    }
  }

  private static GracefulHandler graceful(Javalin javalin) {
    return new GracefulHandler(context(javalin));
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
    threads.setName("http");
    threads.setReservedThreads(0);
    threads.setStopTimeout(STOP_MILLIS);
    return threads;
  }

  /** Pools buffers for whole bodies; Jetty's default pools none above 64 KiB. */
  private static ByteBufferPool buffers() {
    return new ArrayByteBufferPool(0, -1, BODY_BUFFER);
  }

  private static ServerConnector connector(
      org.eclipse.jetty.server.Server jetty, InetSocketAddress address) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(REQUEST_HEADERS);
    http.setOutputBufferSize(BODY_BUFFER);
    http.setOutputAggregationSize(BODY_BUFFER);
    ServerConnector connector =
        new ServerConnector(jetty, null, null, null, 0, 1, new HttpConnectionFactory(http));
    if (!address.getAddress().isAnyLocalAddress()) {
      connector.setHost(address.getAddress().getHostAddress());
    }
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  private static ServletContextHandler context(Javalin javalin) {
    ServletContextHandler context =
        new ServletContextHandler(
            ServletContextHandler.NO_SESSIONS | ServletContextHandler.NO_SECURITY);
    ServletHolder servlet = new ServletHolder(javalin.javalinServlet());
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/*");
    return context;
  }

  private static void setUp(JavalinConfig config) {
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = Answers.COMPRESSION;
    config.http.prefer405over404 = true;
    // Not used; the default would load Jackson's mapper.
    config.jsonMapper(new JsonMapper() {});
  }

  /** The answer to requests that Jetty refuses: malformed or too large. */
  private static Request.Handler refusal() {
    return (request, response, callback) -> {
      String sentence = "This is no request that can be answered (" + response.getStatus() + ").\n";
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      Content.Sink.write(response, true, sentence, callback);
      return true;
    };
  }
}
