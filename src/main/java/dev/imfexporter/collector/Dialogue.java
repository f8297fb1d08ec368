package dev.imfexporter.collector;

import dev.imfexporter.text.HasMeaning;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an SMTP server answered a client that sends no mail. Texts come from the server: printable,
 * and short enough for sentences.
 *
 * @param virtualServer its name, as configured
 * @param place {@code ADDRESS:PORT}, with the name of the host itself where no other is configured
 * @param failure why the dialogue ended early, as a sentence; empty if it did not
 * @param greeting the text of the greeting; "" before it
 * @param extensions the keywords that EHLO was answered with, in the order of the server: those
 *     without TLS
 * @param tls what became of STARTTLS; empty if it was not asked for, or not reached
 * @param recipients the answers to RCPT TO; lacks those that were not asked for, or not reached
 * @param took from the connection on
 */
public record Dialogue(
    String virtualServer,
    String place,
    Outcome outcome,
    Optional<String> failure,
    String greeting,
    List<String> extensions,
    Optional<SmtpTls> tls,
    Map<Recipient, Answer> recipients,
    Duration took) {
  /** A certificate that ends within this time needs a new one; the alert has the same default. */
  public static final Duration CERTIFICATE_ENDS_SOON = Duration.ofDays(20);

  public Dialogue {
    extensions = List.copyOf(extensions);
    recipients = recipients.isEmpty() ? Map.of() : new EnumMap<>(recipients);
  }

  /** The verdict about a recipient; empty if it was not asked for, or not reached. */
  public Optional<Verdict> verdict(Recipient recipient) {
    return Optional.ofNullable(recipients.get(recipient)).map(Answer::verdict);
  }

  /** What needs an administrator at that time, the most urgent first. */
  public Set<Concern> concerns(Instant now) {
    Set<Concern> concerns = EnumSet.noneOf(Concern.class);
    if (verdict(Recipient.OWN).equals(Optional.of(Verdict.REFUSED))) {
      concerns.add(Concern.OWN_ADDRESS_REFUSED);
    }
    if (verdict(Recipient.FOREIGN).equals(Optional.of(Verdict.ACCEPTED))) {
      concerns.add(Concern.OPEN_RELAY);
    }
    tls.flatMap(SmtpTls::certificate)
        .map(ServerCertificate::notAfter)
        .filter(end -> end.minus(CERTIFICATE_ENDS_SOON).isBefore(now))
        .ifPresent(
            end ->
                concerns.add(
                    end.isBefore(now) ? Concern.CERTIFICATE_EXPIRED : Concern.CERTIFICATE_EXPIRES));
    return concerns;
  }

  /** Why a dialogue needs an administrator, although SMTP answers. */
  public enum Concern {
    OWN_ADDRESS_REFUSED,
    OPEN_RELAY,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_EXPIRES
  }

  /** How a dialogue ended. */
  public enum Outcome implements HasMeaning {
    COMPLETE("every command was answered, and QUIT too"),
    NO_CONNECTION("nothing accepted the connection, or the name has no address"),
    TIMED_OUT("an answer did not come in time"),
    CLOSED("the server closed the connection before an answer was complete"),
    NOT_SMTP("what was answered is not SMTP: no reply code, or a line or a reply without end"),
    REFUSED("the server refused the client at its greeting, EHLO or QUIT");

    private final String meaning;

    Outcome(String meaning) {
      this.meaning = meaning;
    }

    @Override
    public String meaning() {
      return meaning;
    }
  }

  /** Whose mail address was asked for. */
  public enum Recipient implements HasMeaning {
    OWN("an address of the server's own domain, which it should accept"),
    FOREIGN("an address of another domain, which it should refuse");

    private final String meaning;

    Recipient(String meaning) {
      this.meaning = meaning;
    }

    @Override
    public String meaning() {
      return meaning;
    }
  }

  /** What the server decided about a recipient. */
  public enum Verdict implements HasMeaning {
    ACCEPTED("RCPT TO was accepted"),
    DEFERRED(
        "RCPT TO or MAIL FROM was refused for now, with a code 4xx, or answered with a code 3xx,"
            + " which decides nothing"),
    REFUSED("RCPT TO was refused, with a code 5xx"),
    SENDER_REFUSED("MAIL FROM was refused with a code 5xx, so that no recipient was asked for");

    private final String meaning;

    Verdict(String meaning) {
      this.meaning = meaning;
    }

    @Override
    public String meaning() {
      return meaning;
    }
  }

  /**
   * The answer about one recipient.
   *
   * @param address of the recipient, as configured
   * @param reply the last line of the reply that decided
   */
  public record Answer(String address, Verdict verdict, String reply) {}
}
