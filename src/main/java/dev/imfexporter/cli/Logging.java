package dev.imfexporter.cli;

import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;

/** Sends what the program and its libraries log to one stream, a line per record. */
final class Logging {
  /** Held, since the log manager forgets loggers that nobody holds. */
  private static final java.util.logging.Logger OURS =
      java.util.logging.Logger.getLogger("dev.imfexporter");

  /** Tell every lost host with a stack trace; that the host is lost, its readings tell. */
  private static final List<java.util.logging.Logger> SMB =
      List.of(
          java.util.logging.Logger.getLogger("com.hierynomus"),
          java.util.logging.Logger.getLogger("jcifs"));

  private Logging() {}

  /** Sets up the log; libraries speak up from warnings on. */
  static void start(LogLevel level, LogFormat format, OutputStream out) {
    java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(handler(out, new LogFormatter(format, level == LogLevel.DEBUG)));
    root.setLevel(level == LogLevel.ERROR ? Level.SEVERE : Level.WARNING);
    OURS.setLevel(level.level());
    SMB.forEach(library -> library.setLevel(level == LogLevel.DEBUG ? Level.WARNING : Level.OFF));
    Logger logger = System.getLogger(Logging.class.getName());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) ->
            logger.log(Logger.Level.ERROR, "thread " + thread.getName() + " died", thrown));
  }

  private static Handler handler(OutputStream out, LogFormatter formatter) {
    StreamHandler handler = new Flushing(out, formatter);
    handler.setLevel(Level.ALL);
    try {
      handler.setEncoding(StandardCharsets.UTF_8.name());
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError("every JVM knows UTF-8", e);
    }
    return handler;
  }

  /** A record is seen as soon as it is logged, and the stream outlives the handler. */
  private static final class Flushing extends StreamHandler {
    Flushing(OutputStream out, LogFormatter formatter) {
      super(out, formatter);
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
