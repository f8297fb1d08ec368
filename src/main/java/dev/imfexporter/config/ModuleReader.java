package dev.imfexporter.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The grammar of a module; see docs/configuration.md. */
final class ModuleReader {
  private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]{1,256}");

  /** See <a href="https://learn.microsoft.com/windows/win32/services/service-name">page</a>. */
  private static final Pattern SERVICE_NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,256}");

  private static final String WANT_SERVICE_NAME = "1 to 256 characters without / and \\";

  /** Each service, and each event id of a provider, adds series. */
  private static final ListOf SERVICES =
      list(1, 64, "short service names", WANT_SERVICE_NAME, SERVICE_NAME);

  private static final ListOf OPTIONAL_SERVICES =
      list(0, 64, "short service names", WANT_SERVICE_NAME, SERVICE_NAME);

  private static final ListOf PROVIDERS =
      list(0, 32, "names of event sources", "1 to 256 characters", TEXT);

  private static final ListOf SERVICE_WORDS = list(0, 32, "words", "1 to 256 characters", TEXT);

  private static final ListOf IGNORED_UPDATES =
      new ListOf(
          0,
          64,
          "regular expressions",
          "a regular expression of 1 to 256 characters",
          text -> !text.isEmpty() && text.length() <= 256 && isExpression(text),
          Comparator.naturalOrder());

  private static final int MAX_MAILROOTS = 64;

  private static final String FILE_NAME = "[^\\\\/:*?\"<>|\\p{Cntrl}\\u0085\\u2028\\u2029]+";

  /**
   * A folder of a drive, or of a share, of at most as many characters as Windows takes. A group
   * that gives nothing back (*+) is matched by a loop, any other by a call for each of its parts.
   */
  private static final Pattern FOLDER =
      Pattern.compile(
          "(?!.{32767})(?:[A-Za-z]:\\\\(?:NAME(?:\\\\NAME)*+\\\\?)?|\\\\\\\\NAME\\\\NAME(?:\\\\NAME)*+\\\\?)"
              .replace("NAME", FILE_NAME));

  private static final String WANT_FOLDER =
      "an absolute Windows folder in single quotes, such as 'C:\\Folder'";

  static final String WANT_ADDRESS = "a name or an IP address, or '' for the host itself";

  static final Pattern ADDRESS = Pattern.compile("[\\p{Alnum}_.:%-]{0,253}");

  /** A domain or an address literal (RFC 5321, 4.1.1.1). */
  private static final Pattern EHLO_NAME =
      Pattern.compile("[\\p{Alnum}_][\\p{Alnum}._-]{0,252}|\\[[\\p{Alnum}.:-]{1,64}]");

  private static final Duration MILLIS_100 = Duration.ofMillis(100);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Module base = Module.DEFAULT;
  private final Fields fields;

  private ModuleReader(Fields fields) {
    this.fields = fields;
  }

  static Module read(Fields fields) {
    Module module = new ModuleReader(fields).module();
    fields.rejectOthers();
    // Services that depend on IISADMIN, such as SMTPSVC, are watched with it.
    List<String> names = module.services().names();
    if (module.smtp().counters()
        && !names.isEmpty()
        && names.stream().noneMatch(n -> n.matches("(?i)SMTPSVC|IISADMIN"))) {
      fields.problem(
          "services",
          "SMTP's counters are read only while SMTPSVC runs: add SMTPSVC, or set smtp: false");
    }
    return module;
  }

  private Module module() {
    return new Module(
        new Module.Services(
            fields.texts("services", SERVICES).orElse(base.services().names()),
            fields.texts("optional_services", OPTIONAL_SERVICES).orElse(base.services().optional()),
            fields.duration("poll_interval", MILLIS_100, HOUR)),
        new Module.Definition(
            flag("definition", base.definition().enabled()),
            fields.text("definition_folder", WANT_FOLDER, FOLDER),
            duration("definition_interval", base.definition().interval(), SECOND, DAY)),
        smtp(base.smtp()),
        events(base.events()),
        limits(base.limits()),
        new Module.Retention(
            duration("retention_age", base.retention().age(), DAY, Duration.ofDays(3650)),
            fields.number("retention_count", 10, 10_000).orElse(base.retention().count())),
        duration("reading_timeout", base.readingTimeout(), MILLIS_100, MINUTE));
  }

  private Module.Smtp smtp(Module.Smtp smtp) {
    return new Module.Smtp(
        flag("smtp", smtp.counters()),
        flag("filter", smtp.filter()),
        new Module.Folders(
            flag("folders", smtp.folders().enabled()), mailroots(fields.fields("mailroots"))),
        new Module.Volumes(
            flag("volumes", smtp.volumes().enabled()),
            duration("volumes_interval", smtp.volumes().interval(), SECOND, HOUR)),
        banner(fields.fields("banner"), smtp.banner()),
        DialogueReader.read(fields.fields("dialogue"), smtp.dialogue()),
        flag("loaded_modules", smtp.loadedModules()));
  }

  private Map<String, String> mailroots(Fields named) {
    Map<String, String> mailroots = new LinkedHashMap<>();
    Set<String> servers = named.names("the name of a virtual server, such as SMTP 1", TEXT);
    for (String server : servers) {
      named.text(server, WANT_FOLDER, FOLDER).ifPresent(folder -> mailroots.put(server, folder));
    }
    if (servers.size() > MAX_MAILROOTS) {
      fields.problem(
          "mailroots",
          "expected at most %d virtual servers, found %d".formatted(MAX_MAILROOTS, servers.size()));
    }
    return mailroots;
  }

  private static Module.Banner banner(Fields keys, Module.Banner banner) {
    Module.Banner read =
        new Module.Banner(
            keys.flag("enabled").orElse(banner.enabled()),
            keys.text("address", WANT_ADDRESS, ADDRESS).orElse(banner.address()),
            keys.number("port", 1, 65535).orElse(banner.port()),
            keys.text("ehlo_name", "a domain name, or an address as [192.0.2.1]", EHLO_NAME)
                .orElse(banner.ehloName()),
            keys.duration("timeout", MILLIS_100, MINUTE).orElse(banner.timeout()));
    keys.rejectOthers();
    return read;
  }

  private Module.Events events(Module.Events events) {
    return new Module.Events(
        flag("events", events.enabled()),
        duration("events_interval", events.interval(), SECOND, HOUR),
        duration("events_lookback", events.lookback(), HOUR, Duration.ofDays(90)),
        fields.texts("event_providers", PROVIDERS).orElse(events.providers()),
        fields.texts("ignored_updates", IGNORED_UPDATES),
        serviceWords(fields.fields("service_words")));
  }

  private static Map<ServiceWord, List<String>> serviceWords(Fields keys) {
    Map<ServiceWord, List<String>> words = new EnumMap<>(ServiceWord.class);
    Map<String, ServiceWord> meanings = new HashMap<>();
    for (ServiceWord meaning : ServiceWord.values()) {
      for (String word : keys.texts(meaning.word(), SERVICE_WORDS).orElse(List.of())) {
        // In one event, a word has one meaning.
        String place = meaning.event() + " " + word.toLowerCase(Locale.ROOT);
        ServiceWord other = meanings.putIfAbsent(place, meaning);
        if (other != null) {
          keys.problem(
              meaning.word(), YamlDocument.shown(word) + " means " + other.word() + " already");
        }
        words.computeIfAbsent(meaning, m -> new ArrayList<>()).add(word);
      }
    }
    keys.rejectOthers();
    return words;
  }

  private Module.Limits limits(Module.Limits limits) {
    Duration slow = duration("slow_after", limits.slow(), SECOND, DAY);
    Duration halted = duration("halted_after", limits.halted(), SECOND, DAY);
    Optional<Duration> slowAfterBoot = fields.duration("slow_after_boot", SECOND, DAY);
    Duration haltedAfterBoot = duration("halted_after_boot", limits.haltedAfterBoot(), SECOND, DAY);
    Duration stuck = duration("stuck_after", limits.stuck(), MINUTE, DAY);
    Module.Limits byDefault = new Module.Limits(slow, halted, haltedAfterBoot, stuck);
    Module.Limits read =
        new Module.Limits(
            slow, halted, slowAfterBoot.orElse(byDefault.slowAfterBoot()), haltedAfterBoot, stuck);
    rejectLonger("slow_after", slow, "halted_after", halted);
    rejectLonger("slow_after_boot", read.slowAfterBoot(), "halted_after_boot", haltedAfterBoot);
    return read;
  }

  private void rejectLonger(String key, Duration slow, String limitKey, Duration limit) {
    if (slow.compareTo(limit) > 0) {
      fields.problem(
          key, "expected at most %s, which is %s".formatted(limitKey, DurationText.format(limit)));
    }
  }

  private boolean flag(String key, boolean byDefault) {
    return fields.flag(key).orElse(byDefault);
  }

  private Duration duration(String key, Duration byDefault, Duration least, Duration most) {
    return fields.duration(key, least, most).orElse(byDefault);
  }

  private static ListOf list(int least, int most, String items, String item, Pattern format) {
    return new ListOf(
        least, most, items, item, format.asMatchPredicate(), String.CASE_INSENSITIVE_ORDER);
  }

  private static boolean isExpression(String text) {
    try {
      return Pattern.compile(text) != null;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
