package dev.imfexporter;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test, the log of this process is what it was, though the program has set it up. */
public final class RestoredLog implements BeforeEachCallback, AfterEachCallback {
  private final Logger root = Logger.getLogger("");
  private List<Handler> handlers = List.of();

  @Override
  public void beforeEach(ExtensionContext context) {
    handlers = List.of(root.getHandlers());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    handlers.forEach(root::addHandler);
    Thread.setDefaultUncaughtExceptionHandler(null);
  }
}
