package dev.imfexporter.collector;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where a dialogue takes place, and how far it goes.
 *
 * @param virtualServer its name, e.g. {@code SMTP 1}
 * @param address a name or an IP address; "" for the host itself
 * @param startTls whether to start TLS if the server offers it
 * @param recipients the mail addresses to ask for, in the order of their kinds; each has only
 *     printable ASCII characters without spaces and angle brackets
 */
public record DialogueTarget(
    String virtualServer,
    String address,
    int port,
    boolean startTls,
    Map<Dialogue.Recipient, String> recipients) {
  public DialogueTarget {
    recipients =
        recipients.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(recipients));
  }
}
