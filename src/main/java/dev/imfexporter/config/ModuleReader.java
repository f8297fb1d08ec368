package dev.imfexporter.config;

import dev.imfexporter.config.Fields.ListOf;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The grammar of a module; see docs/configuration.md. */
final class ModuleReader {
  /** See <a href="https://learn.microsoft.com/windows/win32/services/service-name">page</a>. */
  private static final Pattern SERVICE_NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,256}");

  /** Every service is a handful of series, and so is every id of a provider. */
  private static final ListOf SERVICES =
      new ListOf(
          1,
          64,
          String.CASE_INSENSITIVE_ORDER,
          "short service names",
          "1 to 256 characters without / and \\",
          name -> SERVICE_NAME.matcher(name).matches());

  private static final ListOf PROVIDERS =
      new ListOf(
          0,
          32,
          String.CASE_INSENSITIVE_ORDER,
          "names of event sources",
          "1 to 256 characters",
          name -> name.matches("[^\\p{Cntrl}]{1,256}"));

  private static final ListOf ROUTINE_UPDATES =
      new ListOf(
          0,
          64,
          Comparator.naturalOrder(),
          "regular expressions",
          "a regular expression of 1 to 256 characters",
          text -> !text.isEmpty() && text.length() <= 256 && isExpression(text));

  private static final int MAX_MAILROOTS = 64;

  private static final String FILE_NAME = "[^\\\\/:*?\"<>|\\p{Cntrl}\\u0085\\u2028\\u2029]+";

  /** A folder of a drive, or of a share. */
  private static final Pattern FOLDER =
      Pattern.compile(
          "[A-Za-z]:\\\\(?:NAME(?:\\\\NAME)*\\\\?)?|\\\\\\\\NAME\\\\NAME(?:\\\\NAME)*\\\\?"
              .replace("NAME", FILE_NAME));

  private static final String WANT_FOLDER =
      "an absolute Windows folder in single quotes, such as 'C:\\Folder'";

  private static final Pattern ADDRESS = Pattern.compile("[\\p{Alnum}_.:%-]{0,253}");

  /** A domain or an address literal (RFC 5321, 4.1.1.1). */
  private static final Pattern HELO =
      Pattern.compile("[\\p{Alnum}_][\\p{Alnum}._-]{0,252}|\\[[\\p{Alnum}.:-]{1,64}]");

  private static final Duration MILLIS_100 = Duration.ofMillis(100);

  private final Module base = Module.DEFAULT;
  private final Fields fields;

  private ModuleReader(Fields fields) {
    this.fields = fields;
  }

  static Module read(Fields fields) {
    Module module = new ModuleReader(fields).module();
    fields.rejectOthers();
    if (module.smtp() && !watchesSmtp(module.services())) {
      fields.problem(
          "services",
          "SMTP's counters are read only while SMTPSVC runs: add SMTPSVC, or set smtp: false");
    }
    return module;
  }

  /** SMTPSVC is one of the dependents of IISADMIN, which are watched with it. */
  private static boolean watchesSmtp(Module.Services services) {
    return services.names().isEmpty()
        || services.names().stream()
            .anyMatch(
                name -> name.equalsIgnoreCase("SMTPSVC") || name.equalsIgnoreCase("IISADMIN"));
  }

  private Module module() {
    return new Module(
        services(),
        definition(),
        fields.flag("smtp", base.smtp()),
        fields.flag("filter", base.filter()),
        events(),
        folders(),
        banner(fields.fields("banner")),
        fields.flag("components", base.components()),
        limits(),
        history(),
        duration("reading_timeout", base.readingTimeout(), MILLIS_100, Duration.ofMinutes(1)));
  }

  private Module.Services services() {
    List<String> names = fields.texts("services", SERVICES).orElse(base.services().names());
    Duration interval =
        duration("poll_interval", Duration.ofSeconds(1), MILLIS_100, Duration.ofHours(1));
    return new Module.Services(
        names, fields.holdsNothing("poll_interval") ? Optional.empty() : Optional.of(interval));
  }

  private Module.Definition definition() {
    return new Module.Definition(
        fields.flag("definition", base.definition().enabled()),
        fields.text("definition_folder", WANT_FOLDER, FOLDER),
        duration(
            "definition_interval",
            base.definition().interval(),
            Duration.ofSeconds(1),
            Duration.ofHours(24)));
  }

  private Module.Events events() {
    Module.Events events = base.events();
    return new Module.Events(
        fields.flag("events", events.enabled()),
        duration("events_interval", events.interval(), Duration.ofSeconds(1), Duration.ofHours(1)),
        duration("events_lookback", events.lookback(), Duration.ofHours(1), Duration.ofDays(90)),
        fields.texts("event_providers", PROVIDERS).orElse(events.providers()),
        fields.texts("routine_updates", ROUTINE_UPDATES));
  }

  private Module.Folders folders() {
    return new Module.Folders(
        fields.flag("folders", base.folders().enabled()), mailroots(fields.fields("mailroots")));
  }

  private Map<String, String> mailroots(Fields named) {
    Map<String, String> mailroots = new LinkedHashMap<>();
    for (String server : named.names()) {
      if (!server.matches("[^\\p{Cntrl}]{1,256}")) {
        named.problem(server, "want the name of a virtual server, such as SMTP 1");
      }
      named.text(server, WANT_FOLDER, FOLDER).ifPresent(folder -> mailroots.put(server, folder));
    }
    if (named.names().size() > MAX_MAILROOTS) {
      fields.problem(
          "mailroots",
          "want at most %d virtual servers, not %d".formatted(MAX_MAILROOTS, named.names().size()));
    }
    return mailroots;
  }

  private Module.Banner banner(Fields keys) {
    Module.Banner banner = base.banner();
    Module.Banner read =
        new Module.Banner(
            keys.flag("enabled", banner.enabled()),
            keys.text("address", "a name or an IP address, or '' for the host itself", ADDRESS)
                .orElse(banner.address()),
            keys.number("port", banner.port(), 1, 65535),
            keys.text("helo", "a domain name, or an address as [192.0.2.1]", HELO)
                .orElse(banner.helo()),
            keys.duration("timeout", banner.timeout(), MILLIS_100, Duration.ofMinutes(1)));
    keys.rejectOthers();
    return read;
  }

  private Module.Limits limits() {
    Duration least = Duration.ofSeconds(1);
    Duration most = Duration.ofDays(1);
    Module.Limits limits =
        new Module.Limits(
            duration("slow_after", base.limits().slow(), least, most),
            duration("halted_after", base.limits().halted(), least, most),
            duration("halted_after_boot", base.limits().haltedAfterBoot(), least, most));
    if (limits.slow().compareTo(limits.halted()) > 0) {
      fields.problem(
          "slow_after",
          "want at most halted_after, which is " + DurationText.format(limits.halted()));
    }
    return limits;
  }

  private Module.History history() {
    return new Module.History(
        duration("history_age", base.history().age(), Duration.ofDays(1), Duration.ofDays(3650)),
        fields.number("history_count", base.history().count(), 10, 10_000));
  }

  private Duration duration(String key, Duration byDefault, Duration least, Duration most) {
    return fields.duration(key, byDefault, least, most);
  }

  private static boolean isExpression(String text) {
    try {
      return Pattern.compile(text) != null;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
