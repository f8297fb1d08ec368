package dev.imfexporter.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/** Sends what the program and its libraries log to one stream. */
public final class Logging {
  /** A reference is kept because the log manager drops loggers, and their levels, without one. */
  private static final java.util.logging.Logger OURS =
      java.util.logging.Logger.getLogger("dev.imfexporter");

  /** Both log each lost connection with a stack trace; the failed calls report the same. */
  private static final List<java.util.logging.Logger> SMB =
      List.of(
          java.util.logging.Logger.getLogger("com.hierynomus"),
          java.util.logging.Logger.getLogger("org.codelibs.jcifs"));

  /** Logs each failed call with a stack trace a second time, also one that is handled. */
  private static final java.util.logging.Logger PROMISES =
      java.util.logging.Logger.getLogger("com.hierynomus.protocol.commons.concurrent.Promise");

  /**
   * They warn of malformed requests, with the client's text, before any log-in: a line for each
   * would let a client fill the log. The answer, 400, says the same.
   */
  private static final List<java.util.logging.Logger> REQUESTS =
      List.of(
          java.util.logging.Logger.getLogger("org.eclipse.jetty.http"),
          java.util.logging.Logger.getLogger("org.eclipse.jetty.util.HostPort"));

  private static final int FILE_BYTES = 10_000_000;
  private static final int FILES = 5;

  private Logging() {}

  /**
   * Replaces all handlers of the root logger, and logs threads that end with an exception.
   *
   * @param level of this program's records; those of libraries are logged from warnings on
   * @param out flushed after each record, never closed
   */
  public static void start(LogLevel level, LogFormat format, OutputStream out) {
    start(level, new FlushingHandler(out, formatter(level, format)));
  }

  /**
   * The same, into files: the newest is {@code file.0}, and those before it {@code file.1} to
   * {@code file.4}. Each has at most 10 MB.
   *
   * @throws IOException if the folder is missing or cannot be written
   */
  public static void start(LogLevel level, LogFormat format, Path file) throws IOException {
    // A percent sign begins a placeholder of FileHandler.
    String pattern = file.toString().replace("%", "%%") + ".%g";
    FileHandler handler = new FileHandler(pattern, FILE_BYTES, FILES, true);
    handler.setEncoding(StandardCharsets.UTF_8.name());
    handler.setFormatter(formatter(level, format));
    start(level, handler);
  }

  /** Gives each error that is logged to a listener too, from any thread. */
  public static void onError(Consumer<String> listener) {
    java.util.logging.Logger.getLogger("").addHandler(new ErrorHandler(listener));
  }

  private static LogFormatter formatter(LogLevel level, LogFormat format) {
    return new LogFormatter(format, level == LogLevel.DEBUG);
  }

  private static void start(LogLevel level, Handler out) {
    java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
      handler.close();
    }
    boolean debug = level == LogLevel.DEBUG;
    out.setLevel(Level.ALL);
    root.addHandler(out);
    root.setLevel(level == LogLevel.ERROR ? Level.SEVERE : Level.WARNING);
    OURS.setLevel(level.level());
    SMB.forEach(library -> library.setLevel(debug ? Level.WARNING : Level.OFF));
    PROMISES.setLevel(Level.OFF);
    REQUESTS.forEach(library -> library.setLevel(debug ? Level.WARNING : Level.OFF));
    Logger logger = System.getLogger(Logging.class.getName());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) ->
            logger.log(Logger.Level.ERROR, "thread " + thread.getName() + " died", thrown));
  }

  private static final class ErrorHandler extends Handler {
    private final Consumer<String> listener;

    ErrorHandler(Consumer<String> listener) {
      this.listener = listener;
      setLevel(Level.SEVERE);
      setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord record) {
      if (isLoggable(record)) {
        Throwable thrown = record.getThrown();
        listener.accept(
            getFormatter().formatMessage(record) + (thrown == null ? "" : ": " + thrown));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static final class FlushingHandler extends StreamHandler {
    FlushingHandler(OutputStream out, LogFormatter formatter) {
      super(out, formatter);
      try {
        setEncoding(StandardCharsets.UTF_8.name());
      } catch (UnsupportedEncodingException e) {
        throw new AssertionError("every JVM has UTF-8", e);
      }
    }

    @Override
    public synchronized void publish(LogRecord record) {
      super.publish(record);
      flush();
    }

    @Override
    public synchronized void close() {
      flush();
    }
  }
}
