package dev.imfexporter.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The grammar of the configuration file; see docs/configuration.md. */
final class ConfigReader {
  private static final Pattern HOST_NAME = Pattern.compile("[\\p{Alnum}_][\\p{Alnum}._-]{0,252}");
  private static final Pattern MODULE_NAME = Pattern.compile("[\\p{Alnum}_][\\p{Alnum}._-]{0,62}");

  private static final int SMB_PORT = 445;
  private static final int MOST_PORT = 65_535;

  private final Problems problems;
  private final AuthReader auths;

  private ConfigReader(String file, Problems problems) {
    this.problems = problems;
    this.auths = new AuthReader(file);
  }

  /**
   * Reads a configuration.
   *
   * @param file its name, for messages
   */
  static Config read(String file, String text) throws ConfigException {
    Problems problems = new Problems(file);
    Node document = YamlTree.read(text, problems);
    List<HostConfig> hosts = new ConfigReader(file, problems).hosts(document);
    problems.throwIfAny();
    return new Config(hosts, YamlText.of(document));
  }

  private List<HostConfig> hosts(Node document) {
    Fields top = Fields.of(document, problems);
    if (!(document instanceof Node.Mapping || document instanceof Node.Empty)) {
      return List.of();
    }
    Map<String, Module> modules = modules(top.fields("modules"));
    Map<String, Optional<Auth>> accounts = auths.read(top.fields("auths"));
    List<HostConfig> hosts = hosts(top, modules, accounts);
    top.rejectOthers();
    return hosts;
  }

  private Map<String, Module> modules(Fields named) {
    Map<String, Module> modules = new LinkedHashMap<>();
    for (String name : named.names()) {
      if (!MODULE_NAME.matcher(name).matches()) {
        named.problem(name, "want a name of at most 63 letters, digits, dots and hyphens");
      }
      modules.put(name, ModuleReader.read(named.fields(name)));
    }
    return modules;
  }

  /** Those that say enough. */
  private List<HostConfig> hosts(
      Fields top, Map<String, Module> modules, Map<String, Optional<Auth>> accounts) {
    Fields named = top.fields("hosts");
    if (top.holdsNothing("hosts")) {
      top.problem("hosts", "want hosts to watch, such as mail01: { access: windows }");
    }
    List<HostConfig> hosts = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    Optional<String> local = Optional.empty();
    for (String name : named.names()) {
      if (!HOST_NAME.matcher(name).matches()) {
        named.problem(name, "want a host name of letters, digits, dots and hyphens");
      }
      String same = names.put(name.toLowerCase(Locale.ROOT), name);
      if (same != null) {
        named.problem(name, "is the same host as " + Node.shown(same));
      }
      Optional<HostConfig> host = host(name, named.fields(name), modules, accounts);
      host.ifPresent(hosts::add);
      if (host.filter(known -> known.access() == Access.LOCAL).isPresent()) {
        local.ifPresent(
            other ->
                named.problem(
                    name, "only one host is this machine, and that is " + Node.shown(other)));
        local = Optional.of(name);
      }
    }
    return hosts;
  }

  private Optional<HostConfig> host(
      String name,
      Fields fields,
      Map<String, Module> modules,
      Map<String, Optional<Auth>> accounts) {
    Optional<Access> access = access(fields);
    Optional<String> moduleName = chosen(fields, modules);
    Module module = moduleName.map(modules::get).orElse(Module.DEFAULT);
    boolean overSmb = access.equals(Optional.of(Access.SMB));
    Optional<HostConfig.Smb> smb = overSmb ? smb(fields, accounts) : Optional.empty();
    fields.rejectOthers();
    if (overSmb || access.equals(Optional.of(Access.WINDOWS))) {
      module
          .definition()
          .folder()
          .ifPresent(folder -> rejectElsewhere(fields, "definition_folder", folder));
      module
          .folders()
          .mailroots()
          .forEach(
              (server, folder) ->
                  rejectElsewhere(fields, "mailroots." + Node.shown(server), folder));
    }
    if (overSmb && smb.isEmpty()) {
      return Optional.empty();
    }
    return access.map(known -> new HostConfig(name, known, moduleName, module, smb));
  }

  private static Optional<HostConfig.Smb> smb(Fields fields, Map<String, Optional<Auth>> accounts) {
    int port = fields.number("smb_port", SMB_PORT, 1, MOST_PORT);
    boolean encryption = fields.flag("encryption", false);
    boolean smb1 = fields.flag("smb1", false);
    boolean signing = fields.flag("signing", true);
    if (smb1 && encryption) {
      fields.problem("encryption", "SMB 1 cannot encrypt: remove this, or say smb1: false");
    }
    if (!smb1 && !signing) {
      fields.problem(
          "signing", "is switched off only together with smb1: later versions always sign");
    }
    if (!fields.has("auth")) {
      fields.problem("auth", "is missing, want the name of one of the auths");
    }
    Optional<String> name = fields.text("auth", "the name of one of the auths");
    if (name.isPresent() && !accounts.containsKey(name.get())) {
      fields.problem(
          "auth", "auths has no " + Node.shown(name.get()) + didYouMean(name.get(), accounts));
    }
    return name.flatMap(known -> accounts.getOrDefault(known, Optional.empty()))
        .map(auth -> new HostConfig.Smb(auth, port, encryption, smb1, signing));
  }

  private static String didYouMean(String name, Map<String, ?> known) {
    return Nearest.of(name, known.keySet())
        .map(near -> ", did you mean " + Node.shown(near) + "?")
        .orElse("");
  }

  private static void rejectElsewhere(Fields host, String key, String folder) {
    if (!folder.startsWith("\\\\")) {
      host.problem(
          "access",
          "the module's "
              + key
              + " "
              + Node.shown(folder)
              + " is not reached from another machine: name a share, such as"
              + " '\\\\mail01\\share\\folder'");
    }
  }

  private static Optional<Access> access(Fields fields) {
    String want = "local, windows, smb or demo";
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

  private static Optional<String> chosen(Fields fields, Map<String, Module> modules) {
    Optional<String> name = fields.text("module", "the name of a module");
    if (name.isPresent() && !modules.containsKey(name.get())) {
      fields.problem(
          "module", "modules has no " + Node.shown(name.get()) + didYouMean(name.get(), modules));
    }
    return name.filter(modules::containsKey);
  }
}
