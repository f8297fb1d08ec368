package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each broken file and exactly what is said about it. */
class BadConfigTest {

  /** A file and what is wrong with it. */
  record Bad(String name, String text, List<String> errors) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Bad> files() {
    return List.of(
        bad(
            "nothing",
            "",
            "c.yml:1: hosts: want hosts to watch, such as mail01: { access: windows }"),
        bad(
            "comments only",
            "# hosts:\n",
            "c.yml:1: hosts: want hosts to watch, such as mail01: { access: windows }"),
        bad(
            "no host",
            "modules: {}\nhosts:\n",
            "c.yml:2: hosts: want hosts to watch, such as mail01: { access: windows }"),
        bad(
            "empty hosts",
            "hosts: {}\n",
            "c.yml:1: hosts: want hosts to watch, such as mail01: { access: windows }"),
        bad("a list", "- hosts\n", "c.yml:1: want keys with values, not a list"),
        bad("a text", "hosts\n", "c.yml:1: want keys with values, not \"hosts\""),
        bad(
            "hosts as list",
            "hosts:\n  - mail01\n",
            "c.yml:2: hosts: want keys with values, not a list"),
        bad(
            "host as text",
            "hosts:\n  mail01: windows\n",
            "c.yml:2: hosts.mail01: want keys with values, not \"windows\"",
            "c.yml:2: hosts.mail01.access: is missing, want local, windows, smb or demo"),
        bad(
            "host name",
            "hosts:\n  'mail 01/x': { access: demo }\n",
            "c.yml:2: hosts.mail 01/x: want a host name of letters, digits, dots and hyphens"),
        bad(
            "folder of another machine without a share",
            "modules: { m: { definition_folder: 'C:\\x' } }\nhosts:\n  mail01: { access: windows, module: m }\n",
            "c.yml:3: hosts.mail01.access: the module's definition_folder C:\\x is not reached from another machine: name a share, such as '\\\\mail01\\share\\folder'"),
        bad(
            "mail folder of another machine without a share",
            "modules: { m: { mailroots: { SMTP 1: 'D:\\x' } } }\nhosts:\n  mail01: { access: windows, module: m }\n",
            "c.yml:3: hosts.mail01.access: the module's mailroots.SMTP 1 D:\\x is not reached from another machine: name a share, such as '\\\\mail01\\share\\folder'"),
        bad(
            "no access",
            "hosts:\n  mail01:\n    # access: local\n    module: m\nmodules: { m: }\n",
            "c.yml:2: hosts.mail01.access: is missing, want local, windows, smb or demo"),
        bad(
            "unknown access",
            "hosts:\n  mail01: { access: snmp }\n",
            "c.yml:2: hosts.mail01.access: want local, windows, smb or demo, not \"snmp\""),
        bad(
            "access as a number",
            "hosts:\n  mail01: { access: 1 }\n",
            "c.yml:2: hosts.mail01.access: want local, windows, smb or demo, not the number 1"),
        bad(
            "access of nothing",
            "hosts:\n  mail01: { access: }\n",
            "c.yml:2: hosts.mail01.access: want local, windows, smb or demo, not nothing"),
        bad(
            "unknown module",
            "modules: { exchange2003: }\nhosts:\n  mail01: { access: demo, module: exchange2033 }\n",
            "c.yml:3: hosts.mail01.module: modules has no exchange2033, did you mean exchange2003?"),
        bad(
            "module without modules",
            "hosts:\n  mail01: { access: demo, module: x }\n",
            "c.yml:2: hosts.mail01.module: modules has no x"),
        bad(
            "two hosts",
            "hosts:\n  mail01: { access: demo }\n  mail02: { access: nowhere }\n  mail03: 7\n",
            "c.yml:3: hosts.mail02.access: want local, windows, smb or demo, not \"nowhere\"",
            "c.yml:4: hosts.mail03: want keys with values, not the number 7",
            "c.yml:4: hosts.mail03.access: is missing, want local, windows, smb or demo"),
        bad(
            "a host twice by another name",
            "hosts:\n  mail01: { access: demo }\n  Mail01: { access: demo }\n",
            "c.yml:3: hosts.Mail01: is the same host as mail01"),
        bad(
            "this machine twice",
            "hosts:\n  mail01: { access: local }\n  mail02: { access: local }\n",
            "c.yml:3: hosts.mail02: only one host is this machine, and that is mail01"),
        bad(
            "a host given twice",
            "hosts:\n  mail01: { access: demo }\n  mail01: { access: local }\n",
            "c.yml:3: hosts.mail01: is given twice, first in line 2"),
        bad(
            "a key given twice",
            module("smtp: true", "smtp: false"),
            "c.yml:4: modules.m.smtp: is given twice, first in line 3"),
        bad(
            "mistyped key",
            module("pol_intervall: 1s"),
            "c.yml:3: modules.m.pol_intervall: unknown key, did you mean poll_interval?"),
        bad(
            "key in capitals",
            module("SMTP: true"),
            "c.yml:3: modules.m.SMTP: unknown key, did you mean smtp?"),
        bad(
            "unknown key",
            module("sinks: true"),
            "c.yml:3: modules.m.sinks: unknown key, want one of services, poll_interval, definition, definition_folder, definition_interval, smtp, filter, events, events_interval, events_lookback, event_providers, routine_updates, folders, mailroots, banner, components, slow_after, halted_after, halted_after_boot, history_age, history_count, reading_timeout"),
        bad(
            "unknown key at the top",
            "auth: {}\nhosts: { h: { access: demo } }\n",
            "c.yml:1: auth: unknown key, did you mean auths?"),
        bad(
            "unknown key of a host",
            "hosts: { h: { access: demo, smb1: true } }\n",
            "c.yml:1: hosts.h.smb1: unknown key, want one of access, module"),
        bad(
            "a key with control characters",
            module("\"a\\e[31m\\n\": 1"),
            "c.yml:3: modules.m.a\\u001b[31m\\u000a: unknown key, want one of services, poll_interval, definition, definition_folder, definition_interval, smtp, filter, events, events_interval, events_lookback, event_providers, routine_updates, folders, mailroots, banner, components, slow_after, halted_after, halted_after_boot, history_age, history_count, reading_timeout"),
        bad(
            "module name",
            "modules: { 'a b': }\nhosts: { h: { access: demo } }\n",
            "c.yml:1: modules.a b: want a name of at most 63 letters, digits, dots and hyphens"),
        bad(
            "yes is a text",
            module("definition: yes"),
            "c.yml:3: modules.m.definition: want true or false, not \"yes\""),
        bad(
            "quoted true",
            module("smtp: 'true'"),
            "c.yml:3: modules.m.smtp: want true or false, not \"true\""),
        bad(
            "flag as list",
            module("smtp: [true]"),
            "c.yml:3: modules.m.smtp: want true or false, not a list"),
        bad(
            "duration without unit",
            module("poll_interval: 1"),
            "c.yml:3: modules.m.poll_interval: want a duration from 100ms to 1h with its unit, such as 1m30s, not the number 1"),
        bad(
            "fraction",
            module("poll_interval: 1.5s"),
            "c.yml:3: modules.m.poll_interval: want a duration from 100ms to 1h with its unit, such as 1m30s, not \"1.5s\""),
        bad(
            "too short",
            module("poll_interval: 99ms"),
            "c.yml:3: modules.m.poll_interval: want a duration from 100ms to 1h with its unit, such as 1m30s, not \"99ms\""),
        bad(
            "too long",
            module("definition_interval: 24h1ms"),
            "c.yml:3: modules.m.definition_interval: want a duration from 1s to 1d with its unit, such as 1m30s, not \"24h1ms\""),
        bad(
            "endless",
            module("reading_timeout: 99999999999999999999h"),
            "c.yml:3: modules.m.reading_timeout: want a duration from 100ms to 1m with its unit, such as 1m30s, not \"99999999999999999999h\""),
        bad(
            "negative",
            module("reading_timeout: -5s"),
            "c.yml:3: modules.m.reading_timeout: want a duration from 100ms to 1m with its unit, such as 1m30s, not \"-5s\""),
        bad(
            "duration of nothing",
            module("reading_timeout:"),
            "c.yml:3: modules.m.reading_timeout: want a duration from 100ms to 1m with its unit, such as 1m30s, not nothing"),
        bad(
            "providers as text",
            module("event_providers: SMTPSVC"),
            "c.yml:3: modules.m.event_providers: want a list of 0 to 32 names of event sources, not \"SMTPSVC\""),
        bad(
            "bad providers",
            module("event_providers: ['', smtpsvc, SMTPSVC]"),
            "c.yml:3: modules.m.event_providers[0]: want 1 to 256 characters, not \"\"",
            "c.yml:3: modules.m.event_providers[2]: SMTPSVC is in the list already"),
        bad(
            "no regular expression",
            module("routine_updates:", "  - 'KB2267602'", "  - '('", "  - ''"),
            "c.yml:5: modules.m.routine_updates[1]: want a regular expression of 1 to 256 characters, not \"(\"",
            "c.yml:6: modules.m.routine_updates[2]: want a regular expression of 1 to 256 characters, not \"\""),
        bad(
            "events as mapping",
            module("events: { interval: 15s }"),
            "c.yml:3: modules.m.events: want true or false, not keys with values"),
        bad(
            "lookback",
            module("events_lookback: 91d"),
            "c.yml:3: modules.m.events_lookback: want a duration from 1h to 90d with its unit, such as 1m30s, not \"91d\""),
        bad(
            "mail folders",
            module("mailroots:", "  SMTP 1: inetpub", "  'SMTP 2': 7", "  '': 'C:\\x'"),
            "c.yml:4: modules.m.mailroots.SMTP 1: want an absolute Windows folder in single quotes, such as 'C:\\Folder', not \"inetpub\"",
            "c.yml:5: modules.m.mailroots.SMTP 2: want an absolute Windows folder in single quotes, such as 'C:\\Folder', not the number 7",
            "c.yml:6: modules.m.mailroots.: want the name of a virtual server, such as SMTP 1"),
        bad(
            "too many mail folders",
            module(
                IntStream.rangeClosed(1, 65)
                    .mapToObj(i -> "SMTP " + i + ": 'C:\\x'")
                    .collect(Collectors.joining(", ", "mailroots: { ", " }"))),
            "c.yml:3: modules.m.mailroots: want at most 64 virtual servers, not 65"),
        bad(
            "banner as flag",
            module("banner: false"),
            "c.yml:3: modules.m.banner: want keys with values, not false"),
        bad(
            "bad banner",
            module(
                "banner:",
                "  enable: false",
                "  address: 'a b'",
                "  port: 65536",
                "  helo: 'a\\r\\nRSET'",
                "  timeout: 0s"),
            "c.yml:4: modules.m.banner.enable: unknown key, did you mean enabled?",
            "c.yml:5: modules.m.banner.address: want a name or an IP address, or '' for the host itself, not \"a b\"",
            "c.yml:6: modules.m.banner.port: want a whole number from 1 to 65535, not the number 65536",
            "c.yml:7: modules.m.banner.helo: want a domain name, or an address as [192.0.2.1], not \"a\\r\\nRSET\"",
            "c.yml:8: modules.m.banner.timeout: want a duration from 100ms to 1m with its unit, such as 1m30s, not \"0s\""),
        bad(
            "ports",
            module("banner: { port: 2.5e1 }"),
            "c.yml:3: modules.m.banner.port: want a whole number from 1 to 65535, not the number 2.5e1"),
        bad(
            "slow later than halted",
            module("slow_after: 6m"),
            "c.yml:3: modules.m.slow_after: want at most halted_after, which is 5m"),
        bad(
            "history",
            module("history_age: 1h", "history_count: '500'"),
            "c.yml:3: modules.m.history_age: want a duration from 1d to 3650d with its unit, such as 1m30s, not \"1h\"",
            "c.yml:4: modules.m.history_count: want a whole number from 10 to 10000, not \"500\""),
        bad(
            "services as text",
            module("services: IISADMIN"),
            "c.yml:3: modules.m.services: want a list of 1 to 64 short service names, not \"IISADMIN\""),
        bad(
            "no services",
            module("services: []"),
            "c.yml:3: modules.m.services: want a list of 1 to 64 short service names, not an empty list"),
        bad(
            "too many services",
            module("services: [" + services(65) + "]"),
            "c.yml:3: modules.m.services: want a list of 1 to 64 short service names, not 65"),
        bad(
            "bad services",
            module(
                "services:",
                "  - IISADMIN",
                "  - ''",
                "  - a/b",
                "  - 7",
                "  - iisadmin",
                "  - [x]"),
            "c.yml:5: modules.m.services[1]: want 1 to 256 characters without / and \\, not \"\"",
            "c.yml:6: modules.m.services[2]: want 1 to 256 characters without / and \\, not \"a/b\"",
            "c.yml:7: modules.m.services[3]: want a text, in quotes if need be, not the number 7",
            "c.yml:8: modules.m.services[4]: iisadmin is in the list already",
            "c.yml:9: modules.m.services[5]: want a text, in quotes if need be, not a list"),
        bad(
            "SMTP not watched",
            module("services: [W3SVC]"),
            "c.yml:3: modules.m.services: SMTP's counters are read only while SMTPSVC runs: add SMTPSVC, or set smtp: false"),
        bad(
            "relative folder",
            module("definition_folder: MSCFV2"),
            "c.yml:3: modules.m.definition_folder: want an absolute Windows folder in single quotes, such as 'C:\\Folder', not \"MSCFV2\""),
        bad(
            "folder of Unix",
            module("definition_folder: /srv"),
            "c.yml:3: modules.m.definition_folder: want an absolute Windows folder in single quotes, such as 'C:\\Folder', not \"/srv\""),
        bad(
            "drive alone",
            module("definition_folder: 'C:'"),
            "c.yml:3: modules.m.definition_folder: want an absolute Windows folder in single quotes, such as 'C:\\Folder', not \"C:\""),
        bad(
            "wildcard",
            module("definition_folder: 'C:\\x*'"),
            "c.yml:3: modules.m.definition_folder: want an absolute Windows folder in single quotes, such as 'C:\\Folder', not \"C:\\x*\""),
        // In double quotes, YAML reads \P as the paragraph separator.
        bad(
            "folder in double quotes",
            module("definition_folder: \"C:\\Program Files\""),
            "c.yml:3: modules.m.definition_folder: want an absolute Windows folder in single quotes, such as 'C:\\Folder', not \"C:\\u2029rogram Files\""),
        bad(
            "folder with an unknown escape",
            module("definition_folder: \"C:\\Exchsrvr\""),
            "c.yml:3: is not YAML: found unknown escape character E(69); put Windows paths in single quotes"),
        bad(
            "tab",
            "hosts:\n\tmail01:\n",
            "c.yml:2: is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation); indent with blanks"),
        bad(
            "open quote",
            "hosts:\n  mail01: 'x\n\n",
            "c.yml:4: is not YAML: found unexpected end of stream while scanning a quoted scalar from line 2"),
        bad(
            "open bracket",
            "hosts: { mail01: { access: demo }\n",
            "c.yml:2: is not YAML: expected ',' or '}', but got <stream end> while parsing a flow mapping from line 1"),
        bad(
            "crooked indentation",
            "hosts:\n  a: { access: demo }\n b: 1\n",
            "c.yml:3: is not YAML: expected <block end>, but found '<block mapping start>' while parsing a block mapping from line 1"),
        bad(
            "list as key",
            "hosts:\n  ? [a]\n  : 1\n",
            "c.yml:2: is not understood: want a plain text as key"),
        bad(
            "error before the syntax error",
            "hosts: {}\nhosts: {}\nx: @\n",
            "c.yml:2: hosts: is given twice, first in line 1",
            "c.yml:3: is not YAML: found character '@' that cannot start any token. (Do not use @ for indentation)"),
        bad(
            "aliases",
            "modules: { m: &a { smtp: *b } }\nhosts: { h: { access: !x demo, module: m } }\n",
            "c.yml:1: modules.m: anchors (&name) and aliases (*name) are not supported, write the value out",
            "c.yml:1: modules.m.smtp: anchors (&name) and aliases (*name) are not supported, write the value out",
            "c.yml:2: hosts.h.access: tags (!name) are not supported, write the value without"),
        bad(
            "merge key",
            module("<<: *x"),
            "c.yml:3: modules.m.<<: anchors (&name) and aliases (*name) are not supported, write the value out",
            "c.yml:3: modules.m.<<: unknown key, want one of services, poll_interval, definition, definition_folder, definition_interval, smtp, filter, events, events_interval, events_lookback, event_providers, routine_updates, folders, mailroots, banner, components, slow_after, halted_after, halted_after_boot, history_age, history_count, reading_timeout"),
        bad(
            "two documents",
            "hosts: { h: { access: demo } }\n---\nhosts: {}\n",
            "c.yml:3: a second document begins here, want one document in the file"),
        bad(
            "deep",
            "[".repeat(100_000),
            "c.yml:1: " + "[0]".repeat(17) + ": is nested more than 16 levels deep"),
        bad(
            "long text",
            module("smtp: " + "y".repeat(500)),
            "c.yml:3: modules.m.smtp: want true or false, not \"" + "y".repeat(60) + "...\""),
        bad(
            "everything at once",
            """
            module: {}
            modules:
              m:
                definition: 1
                poll_interval: fast
            hosts:
              mail01:
                access: remote
                module: n
            """,
            "c.yml:1: module: unknown key, did you mean modules?",
            "c.yml:4: modules.m.definition: want true or false, not the number 1",
            "c.yml:5: modules.m.poll_interval: want a duration from 100ms to 1h with its unit, such as 1m30s, not \"fast\"",
            "c.yml:8: hosts.mail01.access: want local, windows, smb or demo, not \"remote\"",
            "c.yml:9: hosts.mail01.module: modules has no n, did you mean m?"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyErrorIsTold(Bad bad) {
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> ConfigReader.read("c.yml", bad.text()));

    assertThat(thrown.errors().stream().map(ConfigError::toString))
        .containsExactlyElementsOf(bad.errors());
    assertThat(thrown).hasMessage(String.join("\n", bad.errors()));
  }

  @Test
  void aHundredErrorsAreEnough() {
    String text =
        IntStream.range(0, 1000).mapToObj(i -> "key" + i + ": 1\n").collect(Collectors.joining());

    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> ConfigReader.read("c.yml", text));

    assertThat(thrown.errors()).hasSize(101);
    assertThat(thrown.errors().get(100)).hasToString("c.yml: 901 further errors are not shown");
  }

  private static Bad bad(String name, String text, String... errors) {
    return new Bad(name, text, List.of(errors));
  }

  private static String services(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i == 0 ? "IISADMIN" : "S" + i)
        .collect(Collectors.joining(", "));
  }

  /** A whole file; the lines are those of a module from line 3 on. */
  private static String module(String... lines) {
    return "modules:\n  m:\n    "
        + String.join("\n    ", lines)
        + "\nhosts: { mail01: { access: demo, module: m } }\n";
  }
}
