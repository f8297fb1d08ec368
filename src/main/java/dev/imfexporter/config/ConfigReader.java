package dev.imfexporter.config;

import dev.imfexporter.access.AccessKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** The grammar of the configuration file; see docs/configuration.md. */
final class ConfigReader {
  private static final Pattern HOST_NAME = Pattern.compile("[\\p{Alnum}_][\\p{Alnum}._-]{0,252}");

  /** A UNC path cannot hold the colons of an IPv6 address. */
  private static final String HOST_NAMES =
      "a host name of letters, digits, dots, hyphens and underscores, or an IPv4 address; give a"
          + " host with an IPv6 address a name, in DNS or the hosts file";

  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}_][\\p{Alnum}._-]{0,62}");

  private static final List<String> ACCESS_WORDS =
      Arrays.stream(AccessKind.values()).map(AccessKind::word).toList();
  private static final String ACCESS =
      String.join(", ", ACCESS_WORDS).replaceFirst(", (\\w+)$", " or $1");

  private static final int SMB_PORT = 445;
  private static final int MAX_PORT = 65_535;

  private final Map<String, Module> modules;
  private final Map<String, Optional<Auth>> auths;
  private final Fields top;

  private ConfigReader(String file, Fields top) {
    this.top = top;
    modules = section(top.fields("modules"), (name, fields) -> ModuleReader.read(fields));
    auths = section(top.fields("auths"), new AuthReader(file)::read);
  }

  /** Reads a section whose keys are names that the user chose. */
  private static <T> Map<String, T> section(Fields named, BiFunction<String, Fields, T> entry) {
    Map<String, T> entries = new LinkedHashMap<>();
    for (String name :
        named.names("a name of at most 63 letters, digits, dots and hyphens", NAME)) {
      entries.put(name, entry.apply(name, named.fields(name)));
    }
    return entries;
  }

  /**
   * Reads a configuration.
   *
   * @param file its name, for messages
   */
  static Config read(String file, String text) throws ConfigException {
    Problems problems = new Problems(file);
    Node document = YamlDocument.read(text, problems);
    Fields top = new Fields(document, problems);
    List<HostConfig> hosts = top.readable() ? new ConfigReader(file, top).hosts() : List.of();
    problems.throwIfAny();
    return new Config(hosts, YamlDocument.withoutComments(text), problems.warnings());
  }

  /** The hosts whose access is known; a host without one has a problem. */
  private List<HostConfig> hosts() {
    Fields named = top.fields("hosts");
    List<HostConfig> hosts = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (String name : named.names(HOST_NAMES, HOST_NAME)) {
      String same = names.put(name.toLowerCase(Locale.ROOT), name);
      if (same != null) {
        named.problem(name, "is the same host as " + YamlDocument.shown(same));
      }
      host(name, named.fields(name)).ifPresent(hosts::add);
    }
    if (named.readable() && names.isEmpty()) {
      top.problem("hosts", "expected hosts to watch, such as mail01: { access: win32 }");
    }
    List<String> local =
        hosts.stream()
            .filter(host -> host.access() == AccessKind.LOCAL)
            .map(HostConfig::name)
            .toList();
    for (String other : local.subList(Math.min(1, local.size()), local.size())) {
      named.problem(
          other, "only one host is this machine, and that is " + YamlDocument.shown(local.get(0)));
    }
    top.rejectOthers();
    return hosts;
  }

  private Optional<HostConfig> host(String name, Fields fields) {
    fields.require("access", ACCESS);
    Optional<AccessKind> access =
        fields.oneOf("access", ACCESS, ACCESS_WORDS).flatMap(AccessKind::of);
    Optional<String> moduleName =
        fields.oneOf("module", "the name of one of the modules", modules.keySet());
    Module module = moduleName.map(modules::get).orElse(Module.DEFAULT);
    Optional<HostConfig> host =
        access.flatMap(
            kind ->
                switch (kind) {
                  case LOCAL, WIN32 ->
                      Optional.of(
                          new HostConfig(
                              name, kind, moduleName, module, Optional.empty(), Duration.ZERO));
                  case DEMO ->
                      Optional.of(
                          new HostConfig(
                              name, kind, moduleName, module, Optional.empty(), demoStart(fields)));
                  case SMB ->
                      smb(fields)
                          .map(
                              smb ->
                                  new HostConfig(
                                      name,
                                      kind,
                                      moduleName,
                                      module,
                                      Optional.of(smb),
                                      Duration.ZERO));
                });
    fields.rejectOthers();
    if (access.filter(AccessKind::isRemote).isPresent()) {
      module.definition().folder().ifPresent(f -> requireShare(fields, "definition_folder", f));
      module
          .smtp()
          .folders()
          .mailroots()
          .forEach(
              (server, folder) ->
                  requireShare(fields, "mailroots." + YamlDocument.shown(server), folder));
    }
    return host;
  }

  private static Duration demoStart(Fields fields) {
    return fields
        .duration("demo_start", Duration.ZERO, HostConfig.LATEST_DEMO_START)
        .orElse(Duration.ZERO);
  }

  /** Asks for the keys that a host over SMB has besides those of any host. */
  static void smbKeys(Fields fields) {
    new ConfigReader("", Fields.none()).smb(fields);
  }

  private Optional<HostConfig.Smb> smb(Fields fields) {
    String wantAuth = "the name of one of the auths";
    int port = fields.number("smb_port", 1, MAX_PORT).orElse(SMB_PORT);
    boolean encryption = fields.flag("encryption").orElse(false);
    boolean smb1 = fields.flag("smb1").orElse(false);
    boolean signing = fields.flag("signing").orElse(true);
    if (smb1 && encryption) {
      fields.problem("encryption", "SMB 1 cannot encrypt: remove this, or set smb1: false");
    }
    if (!smb1 && !signing) {
      fields.problem(
          "signing", "can be switched off only together with smb1: later versions always sign");
    }
    fields.require("auth", wantAuth);
    return fields
        .oneOf("auth", wantAuth, auths.keySet())
        .flatMap(name -> auths.getOrDefault(name, Optional.empty()))
        .filter(auth -> speaks(fields, auth, smb1))
        .map(auth -> new HostConfig.Smb(auth, port, encryption, smb1, signing));
  }

  private static boolean speaks(Fields fields, Auth auth, boolean smb1) {
    boolean both = smb1 && auth.method() instanceof Auth.Kerberos;
    if (both) {
      fields.problem(
          "auth",
          "SMB 1 is spoken with NTLM only, and %s has kerberos: true: name another account"
              .formatted(YamlDocument.shown(auth.name())));
    }
    return !both;
  }

  private static void requireShare(Fields host, String key, String folder) {
    if (!folder.startsWith("\\\\")) {
      host.problem(
          "access",
          "the module's %s %s cannot be read from another machine: name a share, such as"
                  .formatted(key, YamlDocument.shown(folder))
              + " '\\\\mail01\\share\\folder'");
    }
  }
}
