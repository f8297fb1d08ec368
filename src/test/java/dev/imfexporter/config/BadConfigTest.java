package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken files, each with the exact text of its errors. */
class BadConfigTest {

  /** A file and what is wrong with it. */
  record Bad(String name, String text, List<String> errors) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The keys of a module, in the order of docs/configuration.md. */
  private static final String KEYS =
      "services, optional_services, poll_interval, definition, definition_folder, definition_interval, smtp, filter,"
          + " folders, mailroots, volumes, volumes_interval, banner, dialogue, loaded_modules, events, events_interval, events_lookback,"
          + " event_providers, ignored_updates, service_words, slow_after, halted_after,"
          + " slow_after_boot, halted_after_boot, stuck_after, retention_age, retention_count,"
          + " reading_timeout";

  static List<Bad> files() {
    return List.of(
        bad(
            "a key behind a text of two lines",
            "hosts:\n  f: 'C\n 'a: b\n",
            "c.yml:2: is not YAML after this line: A simple key is required only if it is the first token in the current line"),
        bad(
            "nothing",
            "",
            "c.yml:1: hosts: expected hosts to watch, such as mail01: { access: win32 }"),
        bad(
            "comments only",
            "# hosts:\n",
            "c.yml:1: hosts: expected hosts to watch, such as mail01: { access: win32 }"),
        bad(
            "no host",
            "modules: {}\nhosts:\n",
            "c.yml:2: hosts: expected hosts to watch, such as mail01: { access: win32 }"),
        bad(
            "empty hosts",
            "hosts: {}\n",
            "c.yml:1: hosts: expected hosts to watch, such as mail01: { access: win32 }"),
        bad("a list", "- hosts\n", "c.yml:1: expected a mapping, found a list"),
        bad("a text", "hosts\n", "c.yml:1: expected a mapping, found a single value"),
        bad(
            "hosts as list",
            "hosts:\n  - mail01\n",
            "c.yml:2: hosts: expected a mapping, found a list"),
        bad(
            "host as text",
            "hosts:\n  mail01: win32\n",
            "c.yml:2: hosts.mail01: expected a mapping, found a single value",
            "c.yml:2: hosts.mail01.access: is missing, expected local, win32, smb or demo"),
        bad(
            "host name",
            "hosts:\n  'mail 01/x': { access: demo }\n",
            "c.yml:2: hosts.mail 01/x: expected a host name of letters, digits, dots, hyphens and underscores, or an IPv4 address; give a host with an IPv6 address a name, in DNS or the hosts file"),
        bad(
            "IPv6 address as host",
            "hosts:\n  '2001:db8::1': { access: demo }",
            "c.yml:2: hosts.2001:db8::1: expected a host name of letters, digits, dots, hyphens and underscores, or an IPv4 address; give a host with an IPv6 address a name, in DNS or the hosts file"),
        bad(
            "folder of another machine without a share",
            "modules: { m: { definition_folder: 'C:\\x' } }\nhosts:\n  mail01: { access: win32, module: m }\n",
            "c.yml:3: hosts.mail01.access: the module's definition_folder C:\\x cannot be read from another machine: name a share, such as '\\\\mail01\\share\\folder'"),
        bad(
            "mail folder of another machine without a share",
            "modules: { m: { mailroots: { SMTP 1: 'D:\\x' } } }\nhosts:\n  mail01: { access: win32, module: m }\n",
            "c.yml:3: hosts.mail01.access: the module's mailroots.SMTP 1 D:\\x cannot be read from another machine: name a share, such as '\\\\mail01\\share\\folder'"),
        bad(
            "no access",
            "hosts:\n  mail01:\n    # access: local\n    module: m\nmodules: { m: }\n",
            "c.yml:2: hosts.mail01.access: is missing, expected local, win32, smb or demo"),
        bad(
            "unknown access",
            "hosts:\n  mail01: { access: snmp }\n",
            "c.yml:2: hosts.mail01.access: expected local, win32, smb or demo, found \"snmp\""),
        bad(
            "access as a number",
            "hosts:\n  mail01: { access: 1 }\n",
            "c.yml:2: hosts.mail01.access: expected local, win32, smb or demo, found the number 1"),
        bad(
            "access of nothing",
            "hosts:\n  mail01: { access: }\n",
            "c.yml:2: hosts.mail01.access: expected local, win32, smb or demo, found nothing"),
        bad(
            "unknown module",
            "modules: { exchange2003: }\nhosts:\n  mail01: { access: demo, module: exchange2033 }\n",
            "c.yml:3: hosts.mail01.module: expected the name of one of the modules, found \"exchange2033\", did you mean exchange2003?"),
        bad(
            "module without modules",
            "hosts:\n  mail01: { access: demo, module: x }\n",
            "c.yml:2: hosts.mail01.module: expected the name of one of the modules, found \"x\""),
        bad(
            "two hosts",
            "hosts:\n  mail01: { access: demo }\n  mail02: { access: nowhere }\n  mail03: 7\n",
            "c.yml:3: hosts.mail02.access: expected local, win32, smb or demo, found \"nowhere\"",
            "c.yml:4: hosts.mail03: expected a mapping, found a single value",
            "c.yml:4: hosts.mail03.access: is missing, expected local, win32, smb or demo"),
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
            "c.yml:3: modules.m.sinks: unknown key, expected one of " + KEYS),
        bad(
            "words of earlier files",
            """
            modules:
              m:
                routine_updates: []
                banner: { helo: mail }
                history_age: 1d
                history_count: 10
                components: true
            hosts:
              mail01: { access: windows, module: m }
            """,
            "c.yml:3: modules.m.routine_updates: unknown key, routine_updates is called ignored_updates now",
            "c.yml:4: modules.m.banner.helo: unknown key, helo is called ehlo_name now",
            "c.yml:5: modules.m.history_age: unknown key, history_age is called retention_age now",
            "c.yml:6: modules.m.history_count: unknown key, history_count is called retention_count now",
            "c.yml:7: modules.m.components: unknown key, components is called loaded_modules now",
            "c.yml:9: hosts.mail01.access: expected local, win32, smb or demo, found \"windows\", windows is called win32 now"),
        bad(
            "a word of earlier files where it never stood",
            "components: true\nhosts: { h: { access: helo } }\n",
            "c.yml:1: components: unknown key, expected one of modules, auths, hosts",
            "c.yml:2: hosts.h.access: expected local, win32, smb or demo, found \"helo\""),
        bad(
            "unknown key at the top",
            "auth: {}\nhosts: { h: { access: demo } }\n",
            "c.yml:1: auth: unknown key, did you mean auths?"),
        bad(
            "unknown key of a host",
            "hosts: { h: { access: demo, smb1: true } }\n",
            "c.yml:1: hosts.h.smb1: unknown key, it belongs to a host with access: smb"),
        bad(
            "a key with control characters",
            module("\"a\\e[31m\\n\": 1"),
            "c.yml:3: modules.m.a\\u001b[31m\\u000a: unknown key, expected one of " + KEYS),
        bad(
            "module name",
            "modules: { 'a b': }\nhosts: { h: { access: demo } }\n",
            "c.yml:1: modules.a b: expected a name of at most 63 letters, digits, dots and hyphens"),
        bad(
            "yes is a text",
            module("definition: yes"),
            "c.yml:3: modules.m.definition: expected true or false, found \"yes\""),
        bad(
            "quoted true",
            module("smtp: 'true'"),
            "c.yml:3: modules.m.smtp: expected true or false, found \"true\""),
        bad(
            "flag as list",
            module("smtp: [true]"),
            "c.yml:3: modules.m.smtp: expected true or false, found a list"),
        bad(
            "duration without unit",
            module("poll_interval: 1"),
            "c.yml:3: modules.m.poll_interval: expected a duration from 100ms to 1h with its unit, such as 1m30s, found the number 1"),
        bad(
            "fraction",
            module("poll_interval: 1.5s"),
            "c.yml:3: modules.m.poll_interval: expected a duration from 100ms to 1h with its unit, such as 1m30s, found \"1.5s\""),
        bad(
            "too short",
            module("poll_interval: 99ms"),
            "c.yml:3: modules.m.poll_interval: expected a duration from 100ms to 1h with its unit, such as 1m30s, found \"99ms\""),
        bad(
            "too long",
            module("definition_interval: 24h1ms"),
            "c.yml:3: modules.m.definition_interval: expected a duration from 1s to 1d with its unit, such as 1m30s, found \"24h1ms\""),
        bad(
            "endless",
            module("reading_timeout: 99999999999999999999h"),
            "c.yml:3: modules.m.reading_timeout: expected a duration from 100ms to 1m with its unit, such as 1m30s, found \"99999999999999999999h\""),
        bad(
            "negative",
            module("reading_timeout: -5s"),
            "c.yml:3: modules.m.reading_timeout: expected a duration from 100ms to 1m with its unit, such as 1m30s, found \"-5s\""),
        bad(
            "duration of nothing",
            module("reading_timeout:"),
            "c.yml:3: modules.m.reading_timeout: expected a duration from 100ms to 1m with its unit, such as 1m30s, found nothing"),
        bad(
            "providers as text",
            module("event_providers: SMTPSVC"),
            "c.yml:3: modules.m.event_providers: expected a list of 0 to 32 names of event sources, found \"SMTPSVC\""),
        bad(
            "bad providers",
            module("event_providers: ['', smtpsvc, SMTPSVC]"),
            "c.yml:3: modules.m.event_providers[0]: expected 1 to 256 characters, found \"\"",
            "c.yml:3: modules.m.event_providers[2]: SMTPSVC is in the list already"),
        bad(
            "no regular expression",
            module("ignored_updates:", "  - 'KB2267602'", "  - '('", "  - ''"),
            "c.yml:5: modules.m.ignored_updates[1]: expected a regular expression of 1 to 256 characters, found \"(\"",
            "c.yml:6: modules.m.ignored_updates[2]: expected a regular expression of 1 to 256 characters, found \"\""),
        bad(
            "events as mapping",
            module("events: { interval: 15s }"),
            "c.yml:3: modules.m.events: expected true or false, found a mapping"),
        bad(
            "lookback",
            module("events_lookback: 91d"),
            "c.yml:3: modules.m.events_lookback: expected a duration from 1h to 90d with its unit, such as 1m30s, found \"91d\""),
        bad(
            "how often to ask for the room on volumes",
            module("volumes_interval: 2h"),
            "c.yml:3: modules.m.volumes_interval: expected a duration from 1s to 1h with its unit, such as 1m30s, found \"2h\""),
        bad(
            "mail folders",
            module("mailroots:", "  SMTP 1: inetpub", "  'SMTP 2': 7", "  '': 'C:\\x'"),
            "c.yml:4: modules.m.mailroots.SMTP 1: expected an absolute Windows folder in single quotes, such as 'C:\\Folder', found \"inetpub\"",
            "c.yml:5: modules.m.mailroots.SMTP 2: expected an absolute Windows folder in single quotes, such as 'C:\\Folder', found the number 7",
            "c.yml:6: modules.m.mailroots.: expected the name of a virtual server, such as SMTP 1"),
        bad(
            "too many mail folders",
            module(
                IntStream.rangeClosed(1, 65)
                    .mapToObj(i -> "SMTP " + i + ": 'C:\\x'")
                    .collect(Collectors.joining(", ", "mailroots: { ", " }"))),
            "c.yml:3: modules.m.mailroots: expected at most 64 virtual servers, found 65"),
        bad(
            "banner as flag",
            module("banner: false"),
            "c.yml:3: modules.m.banner: expected a mapping, found a single value"),
        bad(
            "bad banner",
            module(
                "banner:",
                "  enable: false",
                "  address: 'a b'",
                "  port: 65536",
                "  ehlo_name: 'a\\r\\nRSET'",
                "  timeout: 0s"),
            "c.yml:4: modules.m.banner.enable: unknown key, did you mean enabled?",
            "c.yml:5: modules.m.banner.address: expected a name or an IP address, or '' for the host itself, found \"a b\"",
            "c.yml:6: modules.m.banner.port: expected a whole number from 1 to 65535, found the number 65536",
            "c.yml:7: modules.m.banner.ehlo_name: expected a domain name, or an address as [192.0.2.1], found \"a\\r\\nRSET\"",
            "c.yml:8: modules.m.banner.timeout: expected a duration from 100ms to 1m with its unit, such as 1m30s, found \"0s\""),
        bad(
            "bad dialogue",
            module(
                "dialogue:",
                "  virtual_servers:",
                "    SMTP 1:",
                "      address: 'a b'",
                "      port: 0",
                "      starttls: on",
                "      own_address: \"a@example.net>\\r\\nDATA\"",
                "      foreign_address: somewhere",
                "      relay: true",
                "    SMTP 2: { own_address: a@EXAMPLE.net, foreign_address: b@example.NET }",
                "    '': {}",
                "  sender: 'a b@example.net'",
                "  interval: 59s",
                "  timeout: 61s"),
            "c.yml:6: modules.m.dialogue.virtual_servers.SMTP 1.address: expected a name or an IP address, or '' for the host itself, found \"a b\"",
            "c.yml:7: modules.m.dialogue.virtual_servers.SMTP 1.port: expected a whole number from 1 to 65535, found the number 0",
            "c.yml:8: modules.m.dialogue.virtual_servers.SMTP 1.starttls: expected true or false, found \"on\"",
            "c.yml:9: modules.m.dialogue.virtual_servers.SMTP 1.own_address: expected a mail address, such as postmaster@example.com, found \"a@example.net>\\u000d\\u000aDATA\"",
            "c.yml:10: modules.m.dialogue.virtual_servers.SMTP 1.foreign_address: expected a mail address, such as postmaster@example.com, found \"somewhere\"",
            "c.yml:11: modules.m.dialogue.virtual_servers.SMTP 1.relay: unknown key, expected one of address, port, starttls, own_address, foreign_address",
            "c.yml:12: modules.m.dialogue.virtual_servers.SMTP 2.foreign_address: expected another domain than that of own_address",
            "c.yml:13: modules.m.dialogue.virtual_servers.: expected the name of a virtual server, such as SMTP 1",
            "c.yml:14: modules.m.dialogue.sender: expected a mail address, such as postmaster@example.com, or '' for the null sender, found \"a b@example.net\"",
            "c.yml:15: modules.m.dialogue.interval: expected a duration from 1m to 1d with its unit, such as 1m30s, found \"59s\"",
            "c.yml:16: modules.m.dialogue.timeout: expected a duration from 100ms to 1m with its unit, such as 1m30s, found \"61s\""),
        bad(
            "too many dialogues",
            module(
                IntStream.rangeClosed(1, 17)
                    .mapToObj(i -> "SMTP " + i + ": {}")
                    .collect(Collectors.joining(", ", "dialogue: { virtual_servers: { ", " } }"))),
            "c.yml:3: modules.m.dialogue.virtual_servers: expected at most 16 virtual servers, found 17"),
        bad(
            "ports",
            module("banner: { port: 2.5e1 }"),
            "c.yml:3: modules.m.banner.port: expected a whole number from 1 to 65535, found the number 2.5e1"),
        // YAML 1.1 would take it for 21.
        bad(
            "octal number",
            module("banner: { port: 025 }"),
            "c.yml:3: modules.m.banner.port: expected a whole number from 1 to 65535, found \"025\""),
        bad(
            "service words",
            module(
                "service_words:",
                "  running: [actief, Gestopt]",
                "  stopped: [gestopt]",
                "  stop: [gestopt]",
                "  start: gestart",
                "  paused: ['']",
                "  pause: []"),
            "c.yml:5: modules.m.service_words.stopped: gestopt means running already",
            "c.yml:7: modules.m.service_words.start: expected a list of 0 to 32 words, found \"gestart\"",
            "c.yml:8: modules.m.service_words.paused[0]: expected 1 to 256 characters, found \"\"",
            "c.yml:9: modules.m.service_words.pause: unknown key, did you mean paused?"),
        bad(
            "slow later than halted",
            module("slow_after: 6m", "slow_after_boot: 11m"),
            "c.yml:3: modules.m.slow_after: expected at most halted_after, which is 5m",
            "c.yml:4: modules.m.slow_after_boot: expected at most halted_after_boot, which is 10m"),
        bad(
            "history",
            module("retention_age: 1h", "retention_count: '500'"),
            "c.yml:3: modules.m.retention_age: expected a duration from 1d to 3650d with its unit, such as 1m30s, found \"1h\"",
            "c.yml:4: modules.m.retention_count: expected a whole number from 10 to 10000, found \"500\""),
        bad(
            "services as text",
            module("services: IISADMIN"),
            "c.yml:3: modules.m.services: expected a list of 1 to 64 short service names, found \"IISADMIN\""),
        bad(
            "optional services as text",
            module("optional_services: SMTPSVC"),
            "c.yml:3: modules.m.optional_services: expected a list of 0 to 64 short service names, found \"SMTPSVC\""),
        bad(
            "no services",
            module("services: []"),
            "c.yml:3: modules.m.services: expected a list of 1 to 64 short service names, found an empty list"),
        bad(
            "too many services",
            module("services: [" + services(65) + "]"),
            "c.yml:3: modules.m.services: expected a list of 1 to 64 short service names, found 65"),
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
            "c.yml:5: modules.m.services[1]: expected 1 to 256 characters without / and \\, found \"\"",
            "c.yml:6: modules.m.services[2]: expected 1 to 256 characters without / and \\, found \"a/b\"",
            "c.yml:7: modules.m.services[3]: expected a text, in quotes if necessary, found the number 7",
            "c.yml:8: modules.m.services[4]: iisadmin is in the list already",
            "c.yml:9: modules.m.services[5]: expected a text, in quotes if necessary, found a list"),
        bad(
            "SMTP not watched",
            module("services: [W3SVC]"),
            "c.yml:3: modules.m.services: SMTP's counters are read only while SMTPSVC runs: add SMTPSVC, or set smtp: false"),
        bad(
            "relative folder",
            module("definition_folder: MSCFV2"),
            "c.yml:3: modules.m.definition_folder: expected an absolute Windows folder in single quotes, such as 'C:\\Folder', found \"MSCFV2\""),
        bad(
            "folder of Unix",
            module("definition_folder: /srv"),
            "c.yml:3: modules.m.definition_folder: expected an absolute Windows folder in single quotes, such as 'C:\\Folder', found \"/srv\""),
        bad(
            "drive alone",
            module("definition_folder: 'C:'"),
            "c.yml:3: modules.m.definition_folder: expected an absolute Windows folder in single quotes, such as 'C:\\Folder', found \"C:\""),
        bad(
            "wildcard",
            module("definition_folder: 'C:\\x*'"),
            "c.yml:3: modules.m.definition_folder: expected an absolute Windows folder in single quotes, such as 'C:\\Folder', found \"C:\\x*\""),
        // In double quotes, YAML reads \P as the paragraph separator.
        bad(
            "folder in double quotes",
            module("definition_folder: \"C:\\Program Files\""),
            "c.yml:3: modules.m.definition_folder: expected an absolute Windows folder in single quotes, such as 'C:\\Folder', found \"C:\\u2029rogram Files\""),
        bad(
            "folder with an unknown escape",
            module("definition_folder: \"C:\\Exchsrvr\""),
            "c.yml:3: is not YAML: found unknown escape character E(69); put Windows paths in single quotes"),
        bad(
            "tab",
            "hosts:\n\tmail01:\n",
            "c.yml:2: is not YAML: a tab begins the line; indent with blanks"),
        bad(
            "tab after a colon",
            "hosts:\n  a:\n    access:\tdemo",
            "c.yml:3: is not YAML: column 12 is a tab; put a blank there"),
        bad(
            "tab in front of a comment",
            "hosts:\n  a: { access: demo }\t# comment\n",
            "c.yml:2: is not YAML: column 22 is a tab; put a blank there"),
        bad(
            "tab at the end of a line",
            "hosts:\n  a: { access: demo }\t\n",
            "c.yml:2: is not YAML: column 22 is a tab; put a blank there"),
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
        bad("list as key", "hosts:\n  ? [a]\n  : 1\n", "c.yml:2: hosts: expected a text as key"),
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
            "anchors of keys, tags of items",
            "modules: { &a m: { services: [!x IISADMIN, &b SMTPSVC] } }\nhosts: { !!str h: { access: demo } }\n",
            "c.yml:1: modules.m: anchors (&name) and aliases (*name) are not supported, write the value out",
            "c.yml:1: modules.m.services[0]: tags (!name) are not supported, write the value without",
            "c.yml:1: modules.m.services[1]: anchors (&name) and aliases (*name) are not supported, write the value out",
            "c.yml:2: hosts.h: tags (!name) are not supported, write the value without"),
        bad(
            "merge key",
            module("<<: *x"),
            "c.yml:3: modules.m.<<: anchors (&name) and aliases (*name) are not supported, write the value out",
            "c.yml:3: modules.m.<<: unknown key, expected one of " + KEYS),
        bad(
            "two documents",
            "hosts: { h: { access: demo } }\n---\nhosts: {}\n",
            "c.yml:3: expected one document in the file, found a second"),
        bad(
            "deep",
            "[".repeat(100_000),
            "c.yml:1: " + "[0]".repeat(17) + ": is nested more than 16 levels deep"),
        bad(
            "long text",
            module("smtp: " + "y".repeat(500)),
            "c.yml:3: modules.m.smtp: expected true or false, found \"" + "y".repeat(60) + "...\""),
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
            "c.yml:4: modules.m.definition: expected true or false, found the number 1",
            "c.yml:5: modules.m.poll_interval: expected a duration from 100ms to 1h with its unit, such as 1m30s, found \"fast\"",
            "c.yml:8: hosts.mail01.access: expected local, win32, smb or demo, found \"remote\"",
            "c.yml:9: hosts.mail01.module: expected the name of one of the modules, found \"n\", did you mean m?"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyErrorIsReported(Bad bad) {
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> ConfigReader.read("c.yml", bad.text()));

    assertThat(thrown.errors().stream().map(ConfigError::toString))
        .containsExactlyElementsOf(bad.errors());
    assertThat(thrown).hasMessage(String.join("\n", bad.errors()));
  }

  @Test
  void atMostAHundredErrorsAreShown() {
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
