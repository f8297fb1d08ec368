package dev.imfexporter.config;

import dev.imfexporter.access.WellKnownServices;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is read from a host, how often, and how it is judged.
 *
 * @param readingTimeout after which a reading counts as failed
 */
public record Module(
    Services services,
    Definition definition,
    Smtp smtp,
    Events events,
    Limits limits,
    Retention retention,
    Duration readingTimeout) {

  /** Every default of a module, except the poll interval, which depends on the access. */
  public static final Module DEFAULT =
      new Module(
          new Services(
              List.of(WellKnownServices.IIS_ADMIN, WellKnownServices.SMTP),
              List.of(),
              Optional.empty()),
          new Definition(true, Optional.empty(), Duration.ofMinutes(1)),
          new Smtp(
              true,
              true,
              new Folders(true, Map.of()),
              new Volumes(true, Duration.ofMinutes(1)),
              new Banner(true, "", 25, "imf-exporter", Duration.ofSeconds(5)),
              new Dialogue(Map.of(), "", Duration.ofMinutes(5), Duration.ofSeconds(20)),
              true),
          new Events(
              true,
              Duration.ofSeconds(15),
              Duration.ofDays(7),
              List.of(
                  WellKnownServices.SMTP,
                  WellKnownServices.IIS_ADMIN,
                  "IISCTLS",
                  "MSExchangeTransport"),
              Optional.empty(),
              Map.of()),
          new Limits(
              Duration.ofMinutes(1),
              Duration.ofMinutes(5),
              Duration.ofMinutes(10),
              Duration.ofMinutes(45)),
          new Retention(Duration.ofDays(400), 500),
          Duration.ofSeconds(5));

  /** The same with a dialogue with these virtual servers, by name. */
  Module withDialogue(Map<String, DialogueServer> virtualServers) {
    Dialogue asked =
        new Dialogue(
            virtualServers,
            smtp.dialogue().sender(),
            smtp.dialogue().interval(),
            smtp.dialogue().timeout());
    return new Module(
        services,
        definition,
        new Smtp(
            smtp.counters(),
            smtp.filter(),
            smtp.folders(),
            smtp.volumes(),
            smtp.banner(),
            asked,
            smtp.loadedModules()),
        events,
        limits,
        retention,
        readingTimeout);
  }

  /**
   * The services to watch.
   *
   * @param names short names, at least one; the services that depend on IISADMIN are added to them
   * @param optional short names of services that are not missed while they are stopped
   * @param pollInterval for services whose changes the host does not report; empty for {@link
   *     HostConfig#pollInterval the default of the access}
   */
  public record Services(
      List<String> names, List<String> optional, Optional<Duration> pollInterval) {
    public Services {
      names = List.copyOf(names);
      optional = List.copyOf(optional);
    }
  }

  /**
   * The version of the IMF definition.
   *
   * @param folder that holds the definition's version folders, by the host's own path or as a
   *     share; empty to find it in the host's registry
   * @param interval between two readings
   */
  public record Definition(boolean enabled, Optional<String> folder, Duration interval) {}

  /**
   * What is read of the SMTP service besides its state.
   *
   * @param counters whether the performance counters of SMTP are read
   * @param filter whether the counters of the Intelligent Message Filter are read
   * @param loadedModules whether the list of modules in inetinfo.exe is read
   */
  public record Smtp(
      boolean counters,
      boolean filter,
      Folders folders,
      Volumes volumes,
      Banner banner,
      Dialogue dialogue,
      boolean loadedModules) {}

  /**
   * The mail folders of the virtual servers.
   *
   * @param mailroots the folder that holds Queue, Badmail, Pickup and Drop, by virtual server, by
   *     the host's own path or as a share; the folders of other virtual servers are looked up
   */
  public record Folders(boolean enabled, Map<String, String> mailroots) {
    public Folders {
      mailroots = Map.copyOf(mailroots);
    }
  }

  /**
   * The volumes on which the mail folders lie.
   *
   * @param interval between two readings
   */
  public record Volumes(boolean enabled, Duration interval) {}

  /**
   * The connection to SMTP as a client.
   *
   * @param address a name or an IP address; "" for the host itself
   * @param ehloName the name in EHLO
   * @param timeout for all steps together
   */
  public record Banner(
      boolean enabled, String address, int port, String ehloName, Duration timeout) {}

  /**
   * The dialogues with SMTP as a client that has a message, and sends none.
   *
   * @param virtualServers where to ask, by the name of the virtual server; none for no dialogue
   * @param sender the mail address in MAIL FROM; "" for the null sender
   * @param interval between two dialogues
   * @param timeout for each dialogue as a whole
   */
  public record Dialogue(
      Map<String, DialogueServer> virtualServers,
      String sender,
      Duration interval,
      Duration timeout) {
    public Dialogue {
      virtualServers = Collections.unmodifiableMap(new LinkedHashMap<>(virtualServers));
    }
  }

  /**
   * The dialogue with one virtual server.
   *
   * @param address a name or an IP address; "" for the host itself
   * @param startTls whether to start TLS
   * @param ownAddress a mail address that it should accept; empty not to ask
   * @param foreignAddress a mail address that it should not relay to; empty not to ask
   */
  public record DialogueServer(
      String address,
      int port,
      boolean startTls,
      Optional<String> ownAddress,
      Optional<String> foreignAddress) {}

  /**
   * The event logs.
   *
   * @param interval between two readings
   * @param lookback how far into the past the first reading goes
   * @param providers whose events are counted, by event id and level
   * @param ignoredUpdates regular expressions; an update is no marker if one is found in its title
   *     or KB number; empty for the shipped rule
   * @param serviceWords the words of the host's language, besides the shipped ones
   */
  public record Events(
      boolean enabled,
      Duration interval,
      Duration lookback,
      List<String> providers,
      Optional<List<String>> ignoredUpdates,
      Map<ServiceWord, List<String>> serviceWords) {
    public Events {
      providers = List.copyOf(providers);
      ignoredUpdates = ignoredUpdates.map(List::copyOf);
      serviceWords = Map.copyOf(serviceWords);
    }
  }

  /**
   * How long services may be out during an update.
   *
   * @param slow after which a recovery is slow
   * @param halted after which mail flow is halted
   * @param slowAfterBoot instead of {@code slow} if the host booted meanwhile, from the boot on
   * @param haltedAfterBoot instead of {@code halted} in that case, from the boot on
   * @param stuck for how long no message may pass while messages come in
   */
  public record Limits(
      Duration slow,
      Duration halted,
      Duration slowAfterBoot,
      Duration haltedAfterBoot,
      Duration stuck) {

    /** Half of {@code haltedAfterBoot} is slow: delayed services alone start after two minutes. */
    Limits(Duration slow, Duration halted, Duration haltedAfterBoot, Duration stuck) {
      this(slow, halted, haltedAfterBoot.dividedBy(2), haltedAfterBoot, stuck);
    }
  }

  /**
   * How much history is kept.
   *
   * @param age of the oldest outage or episode
   * @param count of outages of each service, and of episodes
   */
  public record Retention(Duration age, int count) {}
}
