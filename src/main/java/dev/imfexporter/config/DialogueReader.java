package dev.imfexporter.config;

import dev.imfexporter.config.Module.Dialogue;
import dev.imfexporter.config.Module.DialogueServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The grammar of a module's dialogues with SMTP; see docs/configuration.md. */
final class DialogueReader {
  private static final int MOST_SERVERS = 16;
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,64}");

  /** As RFC 5321, 4.5.3.1 bounds it, without quoted local parts. */
  private static final Pattern MAIL_ADDRESS =
      Pattern.compile("[!-~&&[^<>@\"\\\\]]{1,64}@\\p{Alnum}[\\p{Alnum}.-]{0,252}");

  private static final Pattern SENDER = Pattern.compile("|" + MAIL_ADDRESS.pattern());
  private static final String WANT_MAIL_ADDRESS = "a mail address, such as postmaster@example.com";

  private DialogueReader() {}

  static Dialogue read(Fields keys, Dialogue byDefault) {
    Dialogue read =
        new Dialogue(
            servers(keys),
            keys.text("sender", WANT_MAIL_ADDRESS + ", or '' for the null sender", SENDER)
                .orElse(byDefault.sender()),
            keys.duration("interval", Duration.ofMinutes(1), Duration.ofDays(1))
                .orElse(byDefault.interval()),
            keys.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1))
                .orElse(byDefault.timeout()));
    keys.rejectOthers();
    return read;
  }

  private static Map<String, DialogueServer> servers(Fields keys) {
    Fields named = keys.fields("virtual_servers");
    Map<String, DialogueServer> servers = new LinkedHashMap<>();
    Set<String> names = named.names("the name of a virtual server, such as SMTP 1", NAME);
    names.forEach(name -> servers.put(name, server(named.fields(name))));
    if (names.size() > MOST_SERVERS) {
      keys.problem(
          "virtual_servers",
          "expected at most %d virtual servers, found %d".formatted(MOST_SERVERS, names.size()));
    }
    return servers;
  }

  private static DialogueServer server(Fields keys) {
    DialogueServer read =
        new DialogueServer(
            keys.text("address", ModuleReader.WANT_ADDRESS, ModuleReader.ADDRESS).orElse(""),
            keys.number("port", 1, 65535).orElse(25),
            keys.flag("starttls").orElse(false),
            keys.text("own_address", WANT_MAIL_ADDRESS, MAIL_ADDRESS),
            keys.text("foreign_address", WANT_MAIL_ADDRESS, MAIL_ADDRESS));
    if (read.foreignAddress().isPresent()
        && read.ownAddress().map(DialogueReader::domain).equals(foreignDomain(read))) {
      keys.problem("foreign_address", "expected another domain than that of own_address");
    }
    keys.rejectOthers();
    return read;
  }

  private static Optional<String> foreignDomain(DialogueServer server) {
    return server.foreignAddress().map(DialogueReader::domain);
  }

  private static String domain(String address) {
    return address.substring(address.indexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}
