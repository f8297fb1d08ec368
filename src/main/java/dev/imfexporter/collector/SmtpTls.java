package dev.imfexporter.collector;

import dev.imfexporter.text.HasMeaning;
import java.util.Optional;

/**
 * What became of STARTTLS (<a href="https://www.rfc-editor.org/rfc/rfc3207">RFC 3207</a>).
 *
 * @param why it did not succeed, as a sentence without a full stop; empty for a success
 * @param protocol that was agreed on, or that an older server would have, e.g. {@code TLSv1.2}
 * @param certificate of the server; empty if it did not come so far
 */
public record SmtpTls(
    State state,
    Optional<String> why,
    Optional<String> protocol,
    Optional<ServerCertificate> certificate) {

  static SmtpTls without(State state, String why) {
    return new SmtpTls(state, Optional.of(why), Optional.empty(), Optional.empty());
  }

  /** The same with what an older handshake showed. */
  SmtpTls with(OldHandshake.Answer found, ServerCertificate read) {
    return new SmtpTls(
        found.old() ? State.TOO_OLD : state,
        found.old()
            ? Optional.of(
                "its newest version, %s, is too old for this Java".formatted(found.protocol()))
            : why,
        Optional.of(found.protocol()),
        Optional.of(read));
  }

  /** How far TLS came. */
  public enum State implements HasMeaning {
    ESTABLISHED("the handshake succeeded"),
    NOT_OFFERED("the answer to EHLO does not name STARTTLS"),
    REFUSED("STARTTLS was offered, and refused"),
    TOO_OLD("the server has only versions of TLS that this Java does not use"),
    FAILED("the server closed the connection, or the handshake failed for another reason"),
    TIMED_OUT("STARTTLS was not answered, or the handshake did not end, in time");

    private final String meaning;

    State(String meaning) {
      this.meaning = meaning;
    }

    @Override
    public String meaning() {
      return meaning;
    }
  }
}
