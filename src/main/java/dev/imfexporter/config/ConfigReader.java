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
import java.util.function.Function;
import java.util.regex.Pattern;

/** The grammar of the configuration file; see docs/configuration.md. */
final class ConfigReader {
  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}_][\\p{Alnum}._-]{0,62}");

  private static final List<String> ACCESS_WORDS =
      Arrays.stream(AccessKind.values()).map(AccessKind::word).toList();
  private static final String ACCESS =
      String.join(", ", ACCESS_WORDS).replaceFirst(", (\\w+)$", " or $1");

  private static final int SMB_PORT = 445;
  private static final int MAX_PORT = 65_535;

  /**
   * A file.
   *
   * @param file its name, for messages
   */
  record Text(String file, String text) {}

  /** A file whose YAML can be read. */
  private record Part(String file, Fields top) {}

  /** A name and where it is. */
  private record Named(String name, Fields section) {
    /** For an error of another entry, in the same section of this or another file. */
    String from(Fields other) {
      String shown = YamlDocument.shown(name);
      return other == section ? shown : shown + " in " + section.place(name);
    }
  }

  private final Map<String, Module> modules;
  private final Map<String, Optional<Auth>> auths;
  private final List<Part> parts;

  private ConfigReader(List<Part> parts) {
    this.parts = parts;
    modules = section("modules", part -> (name, fields) -> ModuleReader.read(fields));
    auths = section("auths", part -> new AuthReader(part.file())::read);
  }

  /** Reads a section whose keys are names that the user chose, of all files. */
  private <T> Map<String, T> section(
      String section, Function<Part, BiFunction<String, Fields, T>> reader) {
    String want = "a name of at most 63 letters, digits, dots and hyphens";
    Map<String, T> entries = new LinkedHashMap<>();
    Map<String, Named> places = new HashMap<>();
    for (Part part : parts) {
      Fields named = part.top().fields(section);
      for (String name : named.names(want, NAME)) {
        Named first = places.putIfAbsent(name, new Named(name, named));
        if (first != null) {
          named.problem(name, "is given twice, first in " + first.section().place(name));
        }
        T entry = reader.apply(part).apply(name, named.fields(name));
        entries.putIfAbsent(name, entry);
      }
    }
    return entries;
  }

  /** Reads a configuration of one file. */
  static Config read(String file, String text) throws ConfigException {
    return read(List.of(new Text(file, text)));
  }

  /**
   * Reads a configuration.
   *
   * @param texts at least one
   */
  static Config read(List<Text> texts) throws ConfigException {
    List<Problems> problems = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    List<ConfigException> unreadable = new ArrayList<>();
    for (Text text : texts) {
      Problems own = new Problems(text.file());
      try {
        Fields top = new Fields(YamlDocument.read(text.text(), own), own);
        parts.add(new Part(text.file(), top));
        problems.add(own);
      } catch (ConfigException e) {
        unreadable.add(e);
      }
    }
    // Without a file, what the others name would be missing.
    ConfigException.throwIfAny(unreadable);
    List<HostConfig> hosts =
        parts.stream().allMatch(part -> part.top().readable())
            ? new ConfigReader(parts).hosts()
            : List.of();
    Problems.throwIfAny(problems);
    return new Config(
        hosts,
        ShownConfig.of(texts.stream().map(Text::text).toList()),
        problems.stream().flatMap(own -> own.warnings().stream()).toList());
  }

  /** The hosts whose access is known; a host without one has a problem. */
  private List<HostConfig> hosts() {
    List<HostConfig> hosts = new ArrayList<>();
    Map<String, Named> names = new HashMap<>();
    Named local = null;
    boolean readable = true;
    for (Part part : parts) {
      Fields section = part.top().fields("hosts");
      readable &= section.readable();
      for (String name : section.names(HostName.WANTED, HostName.PATTERN)) {
        Named named = new Named(name, section);
        Named same = names.putIfAbsent(name.toLowerCase(Locale.ROOT), named);
        if (same != null) {
          section.problem(name, "is the same host as " + same.from(section));
        }
        Optional<HostConfig> host = host(name, section.fields(name));
        host.ifPresent(hosts::add);
        if (host.filter(it -> it.access() == AccessKind.LOCAL).isPresent()) {
          if (local != null) {
            section.problem(
                name, "only one host is this machine, and that is " + local.from(section));
          }
          local = local == null ? named : local;
        }
      }
    }
    if (readable && names.isEmpty()) {
      parts
          .get(0)
          .top()
          .problem("hosts", "expected hosts to watch, such as mail01: { access: win32 }");
    }
    parts.forEach(part -> part.top().rejectOthers());
    return hosts;
  }

  private Optional<HostConfig> host(String name, Fields fields) {
    fields.require("access", ACCESS);
    Optional<AccessKind> access =
        fields.oneOf("access", ACCESS, ACCESS_WORDS).flatMap(AccessKind::of);
    Optional<String> moduleName =
        fields.nameOf("module", "the name of one of the modules", modules.keySet());
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

  /** What a file may hold, from what this reader asks of one. */
  static Shape shape() {
    Shape file = new Shape();
    Fields top = Fields.recording(file);
    ConfigReader reader = new ConfigReader(List.of(new Part("", top)));
    reader.hosts();
    Shape host = file.mapping("hosts").mapping(Shape.ANY_NAME);
    for (String access : ACCESS_WORDS) {
      Shape asked = new Shape(Map.of("access", access));
      reader.host(Shape.ANY_NAME, Fields.recording(asked));
      host.addIf("access", access, asked);
    }
    return file;
  }

  /** Asks for the keys that a host over SMB has besides those of any host. */
  static void smbKeys(Fields fields) {
    new ConfigReader(List.of()).smb(fields);
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
        .nameOf("auth", wantAuth, auths.keySet())
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
