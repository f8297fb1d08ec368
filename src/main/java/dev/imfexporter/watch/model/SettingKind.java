package dev.imfexporter.watch.model;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.Services;
import dev.imfexporter.text.CommandName;
import dev.imfexporter.text.HasWord;
import dev.imfexporter.watch.model.Settings.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an update may change of a host. All kinds together are the fingerprint that is compared
 * before and after an update; a further kind is one more constant.
 */
@SuppressWarnings("ImmutableEnumChecker") // keys, records and functions without state
public enum SettingKind implements HasWord {
  SERVICE(
      "service",
      CollectorKey.SERVICES,
      read -> services(read, config -> known("installed")),
      new PutBack("See what removed it or its dependency on IISADMIN, and install it again.")),
  START_MODE(
      "start mode",
      CollectorKey.SERVICES,
      read -> services(read, config -> known(startWord(config.startMode()))),
      PutBack.command("config %s start= %s", value -> value)),
  RECOVERY_ACTIONS(
      "recovery actions",
      CollectorKey.SERVICES,
      read ->
          services(read, config -> Stream.of(config.details().recovery().map(RecoveryWords::of))),
      PutBack.command("failure %s %s", value -> value)),
  RECOVERY_FLAG(
      "recovery after a stop with an error",
      CollectorKey.SERVICES,
      read -> services(read, SettingKind::recoveryFlag),
      PutBack.command("failureflag %s %s", value -> value)),
  ACCOUNT(
      "account",
      CollectorKey.SERVICES,
      read ->
          services(
              read,
              config ->
                  Stream.of(Optional.of(config.details().account()).filter(a -> !a.isEmpty()))),
      PutBack.command("config %s obj= %s", CommandName::ofAccount)
          .with(
              "Add password= and the password of the account; the services that share inetinfo.exe"
                  + " need the same account.")),
  DEPENDENCIES(
      "dependencies",
      CollectorKey.SERVICES,
      read -> services(read, config -> known(dependencies(config))),
      PutBack.command("config %s depend= %s", CommandName::ofServices)),
  VIRTUAL_SERVER(
      "virtual server",
      CollectorKey.SMTP,
      read ->
          new Settings(
              read.virtualServers().stream()
                  .map(server -> new Setting(server.name(), Optional.of("listed")))
                  .toList(),
              read.unlisted() == 0),
      new PutBack(
          "Look in IIS Manager whether it is there and started; a lost one comes back with the"
              + " backup of the metabase that setup made.")),
  MODULE(
      "module of inetinfo.exe",
      CollectorKey.COMPONENTS,
      SettingKind::modules,
      new PutBack(
          "An update brings its own versions, and nothing is to be put back if mail flows; ask the"
              + " maker of a module that is not loaded any more how to register it again.")),
  MAIL_FOLDER(
      "mail folder",
      CollectorKey.FOLDERS,
      SettingKind::folders,
      new PutBack(
          "Set the folder again in the properties of the virtual server, and move the messages that"
              + " lie in the other one into its Pickup.")),
  SMTP_GREETING(
      "greeting of SMTP",
      CollectorKey.DIALOGUE,
      DialogueSettings::greetings,
      new PutBack(
          "The version in it is that of smtpsvc.dll, which an update brings, and is not to be put"
              + " back; set a text of your own or another name of the host again.")),
  SMTP_EXTENSION(
      "SMTP extensions",
      CollectorKey.DIALOGUE,
      DialogueSettings::extensions,
      new PutBack(
          "Look at the properties of the virtual server, tab Access: what it offers depends on"
              + " authentication, certificate and message limits.")),
  SMTP_CERTIFICATE(
      "certificate of SMTP",
      CollectorKey.DIALOGUE,
      DialogueSettings::certificates,
      new PutBack(
          "If it is not the one that clients expect, choose that one again in the properties of the"
              + " virtual server, tab Access.")),
  SMTP_RECIPIENT(
      "answer to a recipient",
      CollectorKey.DIALOGUE,
      DialogueSettings::recipients,
      new PutBack(
          "Look at the domains of the virtual server and at its properties, tab Access, Relay: they"
              + " decide which recipients it takes."));

  private static final String MASKED = "***";

  /** Text of a setting that depends on nothing; sc.exe takes it to mean that. */
  private static final String NO_DEPENDENCY = "/";

  private final String label;
  private final CollectorKey<?> key;
  private final Function<Object, Settings> reading;
  private final PutBack putBack;

  @SuppressWarnings("unchecked") // a value has the type of its key
  <T> SettingKind(
      String label, CollectorKey<T> key, Function<T, Settings> reading, PutBack putBack) {
    this.label = label;
    this.key = key;
    this.reading = (Function<Object, Settings>) reading;
    this.putBack = putBack;
  }

  /** What it is called in a sentence. */
  public String label() {
    return label;
  }

  /** The collector that reads it. */
  public CollectorKey<?> key() {
    return key;
  }

  /**
   * Whether a setting stays as it is while services stop and start. What else changes in an update
   * and is as before after it is no change.
   */
  public boolean lasting() {
    return key == CollectorKey.SERVICES && this != SERVICE;
  }

  /** Whether one that is missing on one side has come or gone; else it belongs to what has. */
  public boolean appears() {
    return !lasting();
  }

  public PutBack putBack() {
    return putBack;
  }

  /** All settings of this kind in a value of {@link #key}. */
  public Settings of(Object read) {
    return reading.apply(read);
  }

  /**
   * The part of a collector's value that settings are made of: values with equal parts have the
   * same settings. States of services change at every poll, their configurations hardly ever.
   */
  public static Object part(Object read) {
    return read instanceof Services services
        ? new Configured(
            services.services().stream().map(s -> Map.entry(s.name(), s.config())).toList(),
            isComplete(services))
        : read;
  }

  private record Configured(
      List<Map.Entry<String, Optional<ServiceConfig>>> services, boolean complete) {}

  private static boolean isComplete(Services read) {
    return read.leftOut().isEmpty() && read.unlisted() == 0;
  }

  /** The words for a value in a sentence. */
  public String shown(String value) {
    return switch (this) {
      case DEPENDENCIES -> value.equals(NO_DEPENDENCY) ? "none" : value;
      case RECOVERY_ACTIONS -> value.equals(RecoveryWords.NONE) ? "none" : value;
      case RECOVERY_FLAG -> value.equals("1") ? "on" : "off";
      default -> value;
    };
  }

  /** A value for readers outside the house: accounts of people and commands are masked. */
  public String masked(String value) {
    return switch (this) {
      case ACCOUNT -> isOfWindows(value) ? value : MASKED;
      case RECOVERY_ACTIONS -> RecoveryWords.masked(value, MASKED);
      default -> value;
    };
  }

  /** Whether it is one of the accounts that each Windows has. */
  private static boolean isOfWindows(String account) {
    return account.equalsIgnoreCase("LocalSystem")
        || account.toUpperCase(Locale.ROOT).startsWith("NT AUTHORITY\\");
  }

  /**
   * @param value of a service: empty when the service has none of the kind, and with an empty value
   *     when it was not read
   */
  private static Settings services(
      Services read, Function<ServiceConfig, Stream<Optional<String>>> value) {
    return new Settings(
        read.services().stream()
            .flatMap(
                service ->
                    service.config().stream()
                        .flatMap(value)
                        .map(known -> new Setting(service.name(), known)))
            .toList(),
        isComplete(read));
  }

  private static Stream<Optional<String>> known(String value) {
    return Stream.of(Optional.of(value));
  }

  /** Windows before Vista has none. */
  private static Stream<Optional<String>> recoveryFlag(ServiceConfig config) {
    return config
        .details()
        .recovery()
        .map(read -> read.afterErrors().map(on -> Optional.of(on ? "1" : "0")).stream())
        .orElseGet(() -> Stream.of(Optional.empty()));
  }

  /** As {@code sc.exe config start=} names it. */
  private static String startWord(StartMode mode) {
    return switch (mode) {
      case BOOT, SYSTEM, AUTO, DISABLED -> mode.word();
      case DELAYED_AUTO -> "delayed-auto";
      case MANUAL -> "demand";
    };
  }

  /** As {@code sc.exe config depend=} takes them; their order means nothing. */
  private static String dependencies(ServiceConfig config) {
    String all =
        Stream.concat(
                config.requires().stream(),
                config.details().groups().stream().map(group -> "+" + group))
            .sorted(String.CASE_INSENSITIVE_ORDER)
            .collect(Collectors.joining("/"));
    return all.isEmpty() ? NO_DEPENDENCY : all;
  }

  private static Settings modules(Components read) {
    return new Settings(
        Stream.concat(read.own().stream(), read.thirdParty().stream())
            .collect(Collectors.groupingBy(Components.Component::name))
            .entrySet()
            .stream()
            .map(
                module ->
                    new Setting(
                        module.getKey(),
                        Optional.of(
                            module.getValue().stream()
                                .map(Components.Component::version)
                                .map(version -> version.isEmpty() ? "no version" : version)
                                .distinct()
                                .collect(Collectors.joining(", ")))))
            .toList(),
        read.unlisted() == 0);
  }

  private static Settings folders(MailFolders read) {
    return new Settings(
        read.roots().entrySet().stream()
            .map(root -> new Setting(root.getKey(), Optional.of(root.getValue())))
            .toList(),
        true);
  }

  /** The kinds that a collector reads. */
  public static List<SettingKind> of(CollectorKey<?> key) {
    return Arrays.stream(values()).filter(kind -> kind.key == key).toList();
  }
}
