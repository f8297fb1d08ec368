package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoodConfigTest {
  private static final String EVERY_KEY =
      """
      modules:
        exchange2003:
          services: [IISADMIN, SMTPSVC, "W3SVC"]
          optional_services: [SMTPSVC]
          definition: false
          definition_folder: 'C:\\Program Files\\Exchsrvr\\bin\\MSCFV2'
          smtp: false
          filter: false
          events: false
          events_interval: 30s
          events_lookback: 1d12h
          event_providers: []
          ignored_updates: ['^Security Intelligence', 'KB2267602']
          service_words: { running: [실행], stopped: [중지], stop: [중지, 'no'] }
          folders: false
          mailroots: { SMTP 1: 'D:\\mail', Default SMTP: '\\\\a\\b' }
          volumes: false
          volumes_interval: 10m
          banner: { enabled: false, address: 192.0.2.7, port: 2525, ehlo_name: mon.example.net, timeout: 1s }
          dialogue:
            virtual_servers:
              SMTP 1: { starttls: true, own_address: postmaster@example.net, foreign_address: someone@example.org }
              SMTP 2: { address: 192.0.2.26, port: 587 }
            sender: probe@example.net
            interval: 1h
            timeout: 30s
          loaded_modules: false
          slow_after: 2m
          halted_after: 10m
          slow_after_boot: 15m
          halted_after_boot: 20m
          stuck_after: 90m
          retention_age: 30d
          retention_count: 10000
          poll_interval: 100ms
          definition_interval: 1h30m
          reading_timeout: 1m
        spare:
      hosts:
        mail01.example.net: { access: local, module: exchange2003 }
      """;

  @Test
  void folderOfManyPartsIsReadAndOneThatWindowsCannotHaveIsRefused() throws ConfigException {
    String text =
        """
        modules: { m: { definition_folder: 'C:%s' } }
        hosts: { a: { access: demo, module: m } }
        """;
    String folder = "\\x".repeat(16_000);

    assertThat(read(text.formatted(folder)).hosts().get(0).module().definition().folder())
        .contains("C:" + folder);
    for (String wrong : List.of("\\x".repeat(20_000), "\\x".repeat(200_000), folder + "\\\\")) {
      assertThatThrownBy(() -> read(text.formatted(wrong)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("definition_folder: expected an absolute Windows folder");
    }
  }

  @Test
  void everyKeyIsRead() throws ConfigException {
    assertThat(read(EVERY_KEY).hosts())
        .containsExactly(
            new HostConfig(
                "mail01.example.net",
                AccessKind.LOCAL,
                Optional.of("exchange2003"),
                new Module(
                    new Module.Services(
                        List.of("IISADMIN", "SMTPSVC", "W3SVC"),
                        List.of("SMTPSVC"),
                        Optional.of(Duration.ofMillis(100))),
                    new Module.Definition(
                        false,
                        Optional.of("C:\\Program Files\\Exchsrvr\\bin\\MSCFV2"),
                        Duration.ofMinutes(90)),
                    new Module.Smtp(
                        false,
                        false,
                        new Module.Folders(
                            false, Map.of("SMTP 1", "D:\\mail", "Default SMTP", "\\\\a\\b")),
                        new Module.Volumes(false, Duration.ofMinutes(10)),
                        new Module.Banner(
                            false, "192.0.2.7", 2525, "mon.example.net", Duration.ofSeconds(1)),
                        new Module.Dialogue(
                            Map.of(
                                "SMTP 1",
                                new Module.DialogueServer(
                                    "",
                                    25,
                                    true,
                                    Optional.of("postmaster@example.net"),
                                    Optional.of("someone@example.org")),
                                "SMTP 2",
                                new Module.DialogueServer(
                                    "192.0.2.26", 587, false, Optional.empty(), Optional.empty())),
                            "probe@example.net",
                            Duration.ofHours(1),
                            Duration.ofSeconds(30)),
                        false),
                    new Module.Events(
                        false,
                        Duration.ofSeconds(30),
                        Duration.ofHours(36),
                        List.of(),
                        Optional.of(List.of("^Security Intelligence", "KB2267602")),
                        Map.of(
                            ServiceWord.RUNNING, List.of("실행"),
                            ServiceWord.STOPPED, List.of("중지"),
                            ServiceWord.STOP, List.of("중지", "no"))),
                    new Module.Limits(
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(20),
                        Duration.ofMinutes(90)),
                    new Module.Retention(Duration.ofDays(30), 10_000),
                    Duration.ofMinutes(1)),
                Optional.empty(),
                Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hosts: { demo: { access: demo } }",
        "hosts:\n  demo:\n    access: 'demo'\n",
        "---\nmodules:\nhosts: { demo: { access: demo } }\n...\n",
        "modules: { m: {} }\nhosts: { demo: { access: demo, module: m } }",
        "{\"hosts\": {\"demo\": {\"access\": \"demo\"}}}"
      })
  void absentKeysHaveTheirDefaults(String text) throws ConfigException {
    HostConfig host = read(text).hosts().get(0);
    assertThat(host.name()).isEqualTo("demo");
    assertThat(host.access()).isEqualTo(AccessKind.DEMO);
    assertThat(host.module()).isEqualTo(Module.DEFAULT);
    assertThat(host.smb()).isEmpty();
    assertThat(host.demoStart()).isZero();
  }

  @Test
  void aDemoBeginsAnywhereInItsStory() throws ConfigException {
    assertThat(read("hosts: { h: { access: demo, demo_start: 34m } }").hosts().get(0).demoStart())
        .isEqualTo(Duration.ofMinutes(34));
  }

  @Test
  void slowAfterABootIsHalfOfHaltedUnlessItIsGiven() throws ConfigException {
    String text =
        "modules: { m: { halted_after_boot: 3m } }\nhosts: { h: { access: demo, module: m } }";

    Module.Limits limits = read(text).hosts().get(0).module().limits();

    assertThat(limits.slowAfterBoot()).isEqualTo(Duration.ofSeconds(90));
    assertThat(Module.DEFAULT.limits())
        .isEqualTo(
            new Module.Limits(
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofMinutes(45)));
  }

  @Test
  void noFileIsNeeded() {
    assertThat(Config.local("MAIL01").hosts().get(0))
        .isEqualTo(new HostConfig("MAIL01", AccessKind.LOCAL, Module.DEFAULT));
  }

  @Test
  void manyHostsAreReadInTheirOrder() throws ConfigException {
    Config config =
        read("hosts: { b: { access: demo }, a: { access: local }, c: { access: win32 } }");
    assertThat(config.hosts()).extracting(HostConfig::name).containsExactly("b", "a", "c");
    assertThat(config.host("a")).contains(new HostConfig("a", AccessKind.LOCAL, Module.DEFAULT));
    assertThat(config.host("A")).isEmpty();
    assertThat(config.here()).isEqualTo(config.host("a"));
  }

  @Test
  void onlyThisMachineOrALoneDemoIsAtMetrics() throws ConfigException {
    assertThat(read("hosts: { h: { access: demo } }").here()).isPresent();
    assertThat(read("hosts: { h: { access: win32 } }").here()).isEmpty();
    assertThat(read("hosts: { h: { access: demo }, i: { access: demo } }").here()).isEmpty();
  }

  @Test
  void shownConfigurationHasNoComments() throws ConfigException {
    Config config =
        read(
            """
            # Ask Ann, password hunter2
            modules:
              m: { services: [A, 'yes'], smtp: false, retention_count: 20 } # hunter2
            hosts:
              no: { access: demo, module: m }
            """);
    assertThat(config.shown()).doesNotContain("hunter2");
    assertThat(read(config.shown())).isEqualTo(config);
  }

  /** YAML 1.1 would take it for false. */
  @Test
  void hostsMayHaveNamesThatLookLikeOtherTypes() throws ConfigException {
    assertThat(read("hosts: { no: { access: demo } }").hosts().get(0).name()).isEqualTo("no");
    assertThat(read("hosts: { 10.0.0.7: { access: demo } }").hosts().get(0).name())
        .isEqualTo("10.0.0.7");
    assertThat(read("hosts: { 7: { access: demo } }").hosts().get(0).name()).isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "D:\\",
        "C:\\x",
        "C:\\x\\",
        "c:\\Program Files\\a b\\c",
        "\\\\mail01\\imf$",
        "\\\\mail01\\imf$\\a"
      })
  void foldersOfDrivesAndShares(String folder) throws ConfigException {
    String text =
        "modules: { m: { definition_folder: '"
            + folder
            + "' } }\nhosts: { h: { access: demo, module: m } }";
    assertThat(read(text).hosts().get(0).module().definition().folder()).contains(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "mail01", "192.0.2.7", "2001:db8::7", "'fe80::1%eth0'"})
  void addressesOfBanners(String address) throws ConfigException {
    String text =
        "modules: { m: { banner: { address: "
            + address
            + " } } }\nhosts: { h: { access: demo, module: m } }";
    assertThat(read(text).hosts().get(0).module().smtp().banner().address())
        .isEqualTo(address.replace("'", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "100ms, 100",
    "1s, 1000",
    "1m30s, 90000",
    "1h, 3600000",
    "2m5ms, 120005",
    "7d, 604800000",
    "1d1h, 90000000"
  })
  void durations(String text, long millis) {
    assertThat(DurationText.parse(text)).contains(Duration.ofMillis(millis));
    assertThat(DurationText.format(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "s", "1s1m", "1 s", "1S", "1.5s", "1w", "1h1d", "1s1s", "+1s", "\u0661s"})
  void noDurations(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  /** A damaged file is read, or refused with errors. What is read is shown without a loss. */
  @Test
  void damagedFilesAreRefusedInWords() {
    Random random = new Random(907747);
    String material = EVERY_KEY + "&*!|>%@`\t{}[]:?-,#'\"\\\n~<\u0085\u2028\uD83D\uDE00";
    for (int round = 0; round < 5000; round++) {
      StringBuilder text = new StringBuilder(EVERY_KEY);
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(text.length());
        char c = material.charAt(random.nextInt(material.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
        }
      }
      assertThatCode(() -> refusedOrRead(text.toString()))
          .as(text.toString())
          .doesNotThrowAnyException();
    }
  }

  private static void refusedOrRead(String text) {
    try {
      Config config = read(text);
      assertThat(config.hosts().get(0).name()).isNotEmpty();
      assertThat(read(config.shown()).hosts()).isEqualTo(config.hosts());
    } catch (ConfigException e) {
      assertThat(e.errors()).isNotEmpty().allMatch(error -> error.line() > 0);
      assertThat(e.errors()).noneMatch(error -> error.toString().contains("\n"));
    }
  }

  private static Config read(String text) throws ConfigException {
    return ConfigReader.read("c.yml", text);
  }
}
