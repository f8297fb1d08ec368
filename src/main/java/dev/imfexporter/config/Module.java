package dev.imfexporter.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is read from a host, and how often.
 *
 * @param smtp whether the counters of the SMTP service are read
 * @param filter whether the counters of the Intelligent Message Filter are read
 * @param components whether the modules of inetinfo.exe are read
 * @param readingTimeout after which a reading counts as failed
 */
public record Module(
    Services services,
    Definition definition,
    boolean smtp,
    boolean filter,
    Events events,
    Folders folders,
    Banner banner,
    boolean components,
    Limits limits,
    History history,
    Duration readingTimeout) {

  /** Everything, at the intervals that the documentation names. */
  public static final Module DEFAULT =
      new Module(
          new Services(List.of("IISADMIN", "SMTPSVC"), Optional.empty()),
          new Definition(true, Optional.empty(), Duration.ofMinutes(1)),
          true,
          true,
          new Events(
              true,
              Duration.ofSeconds(15),
              Duration.ofDays(7),
              List.of("SMTPSVC", "IISADMIN", "IISCTLS", "MSExchangeTransport"),
              Optional.empty()),
          new Folders(true, Map.of()),
          new Banner(true, "", 25, "imf-exporter", Duration.ofSeconds(5)),
          true,
          new Limits(Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofMinutes(10)),
          new History(Duration.ofDays(400), 500),
          Duration.ofSeconds(5));

  /**
   * The services to watch.
   *
   * @param names short names, at least one; the dependents of IISADMIN are found besides
   * @param interval between two looks at services that the host does not report by itself; empty
   *     for what fits the access
   */
  public record Services(List<String> names, Optional<Duration> interval) {
    public Services {
      names = List.copyOf(names);
    }
  }

  /**
   * The version of the IMF definition.
   *
   * @param folder where the definition's version folders lie, by the host's own path or as a share;
   *     empty to ask the host's registry
   * @param interval between two looks
   */
  public record Definition(boolean enabled, Optional<String> folder, Duration interval) {}

  /**
   * The event logs.
   *
   * @param interval between two looks
   * @param lookback how far into the past the first look goes
   * @param providers whose events are counted, by event id and level
   * @param routineUpdates regular expressions, any of which found in the title or the KB number
   *     tells an update that comes daily and is no sign of a restart; empty for the shipped rule
   */
  public record Events(
      boolean enabled,
      Duration interval,
      Duration lookback,
      List<String> providers,
      Optional<List<String>> routineUpdates) {
    public Events {
      providers = List.copyOf(providers);
      routineUpdates = routineUpdates.map(List::copyOf);
    }
  }

  /**
   * The mail folders of the virtual servers.
   *
   * @param mailroots folder that holds Queue, Badmail, Pickup and Drop, by virtual server, by the
   *     host's own path or as a share; others are found by themselves
   */
  public record Folders(boolean enabled, Map<String, String> mailroots) {
    public Folders {
      mailroots = Map.copyOf(mailroots);
    }
  }

  /**
   * A client's look at SMTP.
   *
   * @param address a name or an IP address; "" for the host itself
   * @param helo how the client names itself
   * @param timeout for all steps together
   */
  public record Banner(boolean enabled, String address, int port, String helo, Duration timeout) {}

  /**
   * How long services may be out.
   *
   * @param slow after which a recovery was slow
   * @param halted after which mail flow counts as halted
   * @param haltedAfterBoot the same for an outage in which the host booted, counted from the boot
   */
  public record Limits(Duration slow, Duration halted, Duration haltedAfterBoot) {}

  /**
   * How much of the past is kept.
   *
   * @param age of the oldest outage or episode
   * @param count of outages of a service, and of episodes
   */
  public record History(Duration age, int count) {}
}
