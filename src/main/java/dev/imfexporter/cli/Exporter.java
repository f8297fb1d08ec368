package dev.imfexporter.cli;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.fleet.AutoReload;
import dev.imfexporter.fleet.Configuration;
import dev.imfexporter.fleet.Fleet;
import dev.imfexporter.fleet.Storage;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.http.BindFailed;
import dev.imfexporter.http.Server;
import dev.imfexporter.journal.StorageException;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.websecurity.CurrentWebSecurity;
import dev.imfexporter.websecurity.ServerTls;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** The exporter as a server: watches the hosts and serves their metrics and pages. */
final class Exporter {
  private static final Logger LOG = System.getLogger(Exporter.class.getName());

  private Exporter() {}

  /**
   * Runs until it is asked to stop; returns the exit code.
   *
   * @param err gets the log, unless the options name a file for it
   * @param shutdown is closed when everything is
   * @param logs is called once the log has begun
   */
  static int run(Options options, PrintStream err, Shutdown shutdown, Runnable logs) {
    try (shutdown) {
      options.startLogging(err);
      logs.run();
      serve(options, configuration(options), options.web.security(), shutdown);
      return Main.OK;
    } catch (ConfigException e) {
      e.errors().forEach(error -> LOG.log(Level.ERROR, error.toString()));
    } catch (BindFailed | StorageException | UsageException e) {
      LOG.log(Level.ERROR, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "imf-exporter failed unexpectedly", e);
    }
    return Main.FAILED;
  }

  /**
   * The configuration, and of which files.
   *
   * @param digest of the files, if they are to be reloaded once they change
   */
  private record Configured(ConfigFiles files, String digest, Config config) {}

  private static Configured configuration(Options options) throws ConfigException, UsageException {
    ConfigFiles files = options.configFiles();
    // Before the files are read: a change from here on is seen.
    String digest = options.autoReload ? files.digest() : "";
    Config config = Configuration.read(files, options.demoStart);
    config.warnings().forEach(warning -> LOG.log(Level.WARNING, warning.toString()));
    if (files.isEmpty()) {
      LOG.log(
          Level.INFO,
          config.hosts().get(0).access() == AccessKind.DEMO
              ? "no --config.file: playing a built-in demo; to watch real hosts from here, list them"
                  + " with access smb in a file and name it by --config.file"
              : "no --config.file: watching this machine");
    } else if (options.configFile.isEmpty()) {
      LOG.log(Level.INFO, "no --config.file: reading " + files);
    }
    return new Configured(files, digest, config);
  }

  /** Opens each part and closes them in reverse order. */
  private static void serve(
      Options options, Configured configured, CurrentWebSecurity security, Shutdown shutdown)
      throws BindFailed, InterruptedException, StorageException, UsageException {
    ConfigFiles files = configured.files();
    Config config = configured.config();
    Build build = Version.build();
    TimeSource time = TimeSource.system();
    try (SelfMetrics self = SelfMetrics.start(build);
        Storage storage = Storage.open(options.storagePath, files, config, time);
        Fleet fleet = Fleet.start(files, config, storage, self::reading, time);
        Server server =
            Server.start(
                options.web.settings(),
                security,
                fleet,
                new Exposition(self),
                (route, method, status, nanoseconds) ->
                    self.request(route, method, status, Duration.ofNanos(nanoseconds)),
                time,
                build.version())) {
      List<String> urls = options.web.urls(server, security);
      storage.announce(urls.get(0));
      fleet.register(self);
      if (options.web.configFile != null) {
        self.webSecurity(security::isGood, () -> security.get().tls().map(ServerTls::notAfter));
      }
      ReloadSignal.onHangUp(fleet::reloadAfterOthers);
      fleet.open(shutdown::isAsked);
      // Otherwise the stores have logged that they cannot write, and why.
      if (fleet.writable()) {
        LOG.log(Level.INFO, storage.describe(fleet.recovered()));
      }
      LOG.log(
          Level.INFO,
          "watching %s, listening on %s".formatted(fleet.describe(), String.join(", ", urls)));
      AutoReload reload = new AutoReload(configured.digest(), files::digest, fleet::reload);
      AutoReload.Running looks =
          options.autoReload ? reload.every(options.autoReloadInterval) : () -> {};
      try {
        shutdown.await();
      } finally {
        looks.close();
      }
    }
  }
}
