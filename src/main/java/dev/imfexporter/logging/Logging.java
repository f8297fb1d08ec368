package dev.imfexporter.logging;

import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
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

  private Logging() {}

  /**
   * Replaces all handlers of the root logger, and logs threads that end with an exception.
   *
   * @param level of this program's records; those of libraries are logged from warnings on
   * @param out flushed after each record, never closed
   */
  public static void start(LogLevel level, LogFormat format, OutputStream out) {
    java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    boolean debug = level == LogLevel.DEBUG;
    root.addHandler(new FlushingHandler(out, new LogFormatter(format, debug)));
    root.setLevel(level == LogLevel.ERROR ? Level.SEVERE : Level.WARNING);
    OURS.setLevel(level.level());
    SMB.forEach(library -> library.setLevel(debug ? Level.WARNING : Level.OFF));
    Logger logger = System.getLogger(Logging.class.getName());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) ->
            logger.log(Logger.Level.ERROR, "thread " + thread.getName() + " died", thrown));
  }

  private static final class FlushingHandler extends StreamHandler {
    FlushingHandler(OutputStream out, LogFormatter formatter) {
      super(out, formatter);
      setLevel(Level.ALL);
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
