package dev.imfexporter.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The grammar of the configuration file; see docs/configuration.md. */
final class ConfigReader {
  private static final Pattern HOST_NAME = Pattern.compile("[\\p{Alnum}_][\\p{Alnum}._-]{0,252}");
  private static final Pattern MODULE_NAME = Pattern.compile("[\\p{Alnum}_][\\p{Alnum}._-]{0,62}");

  /** See <a href="https://learn.microsoft.com/windows/win32/services/service-name">page</a>. */
  private static final Pattern SERVICE_NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,256}");

  /** Every service is a handful of series. */
  private static final int MAX_SERVICES = 64;

  private static final String FILE_NAME = "[^\\\\/:*?\"<>|\\p{Cntrl}\\u0085\\u2028\\u2029]+";

  /** A folder of a drive, or of a share. */
  private static final Pattern FOLDER =
      Pattern.compile(
          "[A-Za-z]:\\\\(?:NAME(?:\\\\NAME)*\\\\?)?|\\\\\\\\NAME\\\\NAME(?:\\\\NAME)*\\\\?"
              .replace("NAME", FILE_NAME));

  private final Problems problems;

  private ConfigReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reads a configuration.
   *
   * @param file its name, for messages
   */
  static Config read(String file, String text) throws ConfigException {
    Problems problems = new Problems(file);
    Node document = YamlTree.read(text, problems);
    Optional<HostConfig> host = new ConfigReader(problems).host(document);
    problems.throwIfAny();
    return new Config(host.orElseThrow());
  }

  private Optional<HostConfig> host(Node document) {
    Fields top = Fields.of(document, problems);
    if (!(document instanceof Node.Mapping || document instanceof Node.Empty)) {
      return Optional.empty();
    }
    Map<String, Module> modules = modules(top.fields("modules"));
    Optional<HostConfig> host = hosts(top, modules);
    top.rejectOthers();
    return host;
  }

  private Map<String, Module> modules(Fields named) {
    Map<String, Module> modules = new LinkedHashMap<>();
    for (String name : named.names()) {
      if (!MODULE_NAME.matcher(name).matches()) {
        named.problem(name, "want a name of at most 63 letters, digits, dots and hyphens");
      }
      modules.put(name, module(named.fields(name)));
    }
    return modules;
  }

  private Module module(Fields fields) {
    Module base = Module.DEFAULT;
    Module module =
        new Module(
            services(fields).orElse(base.services()),
            fields.flag("definition", base.definition()),
            folder(fields),
            fields.flag("smtp", base.smtp()),
            fields.duration(
                "poll_interval", base.pollInterval(), Duration.ofMillis(100), Duration.ofHours(1)),
            fields.duration(
                "definition_interval",
                base.definitionInterval(),
                Duration.ofSeconds(1),
                Duration.ofHours(24)),
            fields.duration(
                "reading_timeout",
                base.readingTimeout(),
                Duration.ofMillis(100),
                Duration.ofMinutes(1)));
    fields.rejectOthers();
    if (module.smtp() && !module.services().isEmpty() && !watchesSmtp(module)) {
      fields.problem(
          "services",
          "SMTP's counters are read only while SMTPSVC runs: add SMTPSVC, or set smtp: false");
    }
    return module;
  }

  /** SMTPSVC is one of the dependents of IISADMIN, which are watched with it. */
  private static boolean watchesSmtp(Module module) {
    return module.services().stream()
        .anyMatch(name -> name.equalsIgnoreCase("SMTPSVC") || name.equalsIgnoreCase("IISADMIN"));
  }

  private Optional<List<String>> services(Fields fields) {
    String want = "a list of 1 to " + MAX_SERVICES + " short service names";
    Optional<List<Fields.Item>> items = fields.texts("services", want);
    if (items.isEmpty()) {
      return Optional.empty();
    }
    if (items.get().size() > MAX_SERVICES) {
      fields.problem("services", "want " + want + ", not " + items.get().size());
    }
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Fields.Item item : items.get()) {
      if (!SERVICE_NAME.matcher(item.value()).matches()) {
        String shown = Node.shown(item.value());
        problems.add(
            item.line(),
            item.path(),
            "want 1 to 256 characters without / and \\, not \"" + shown + "\"");
      } else if (!names.add(item.value())) {
        problems.add(item.line(), item.path(), item.value() + " is in the list already");
      }
    }
    return Optional.of(items.get().stream().map(Fields.Item::value).toList());
  }

  private Optional<String> folder(Fields fields) {
    String want = "an absolute Windows folder in single quotes, such as 'C:\\Folder'";
    Optional<String> folder = fields.text("definition_folder", want);
    if (folder.isPresent() && !FOLDER.matcher(folder.get()).matches()) {
      fields.problem(
          "definition_folder", "want " + want + ", not \"" + Node.shown(folder.get()) + "\"");
    }
    return folder;
  }

  /** The one host, if there is just one and it says enough. */
  private Optional<HostConfig> hosts(Fields top, Map<String, Module> modules) {
    Fields hosts = top.fields("hosts");
    if (top.holdsNothing("hosts")) {
      top.problem("hosts", "want one host to watch, such as mail01: { access: windows }");
    }
    Optional<HostConfig> only = Optional.empty();
    for (String name : hosts.names()) {
      if (!HOST_NAME.matcher(name).matches()) {
        hosts.problem(name, "want a host name of letters, digits, dots and hyphens");
      }
      Optional<HostConfig> host = host(name, hosts.fields(name), modules);
      String first = hosts.names().iterator().next();
      if (name.equals(first)) {
        only = host;
      } else {
        hosts.problem(name, "this version watches one host, and has " + Node.shown(first));
      }
    }
    return only;
  }

  private Optional<HostConfig> host(String name, Fields fields, Map<String, Module> modules) {
    Optional<Access> access = access(fields);
    Module module = chosen(fields, modules);
    fields.rejectOthers();
    Optional<String> elsewhere = module.definitionFolder().filter(f -> !f.startsWith("\\\\"));
    if (access.equals(Optional.of(Access.WINDOWS)) && elsewhere.isPresent()) {
      fields.problem(
          "access",
          "the module's definition_folder "
              + Node.shown(elsewhere.get())
              + " is not reached from another machine: name a share, such as"
              + " '\\\\mail01\\exchsrvr\\MSCFV2'");
    }
    return access.map(known -> new HostConfig(name, known, module));
  }

  private static Optional<Access> access(Fields fields) {
    String want = "local, windows or demo";
    if (!fields.has("access")) {
      fields.problem("access", "is missing, want " + want);
    }
    Optional<String> word = fields.text("access", want);
    Optional<Access> access = word.flatMap(Access::of);
    if (word.isPresent() && access.isEmpty()) {
      fields.problem("access", "want " + want + ", not \"" + Node.shown(word.get()) + "\"");
    }
    return access;
  }

  private static Module chosen(Fields fields, Map<String, Module> modules) {
    Optional<String> name = fields.text("module", "the name of a module");
    if (name.isPresent() && !modules.containsKey(name.get())) {
      fields.problem(
          "module",
          "modules has no "
              + Node.shown(name.get())
              + Nearest.of(name.get(), modules.keySet())
                  .map(near -> ", did you mean " + Node.shown(near) + "?")
                  .orElse(""));
    }
    return name.map(modules::get).orElse(Module.DEFAULT);
  }
}
