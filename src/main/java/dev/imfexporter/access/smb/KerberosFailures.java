package dev.imfexporter.access.smb;

import dev.imfexporter.access.ErrorReason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Java says when a KDC gives no ticket into sentences for an administrator. The class of
 * such a failure is not public; its message ends with the error's number (RFC 4120, 7.5.9).
 */
final class KerberosFailures {
  /** A KDC may add a text behind the number. */
  private static final Pattern NUMBER = Pattern.compile("\\((\\d{1,3})\\)(?: - .*)?$");

  /** Java numbers its own errors, such as one of a message that it cannot read, from 400 on. */
  private static final int FIRST_OF_JAVA = 400;

  private static final int LONGEST = 200;

  private KerberosFailures() {}

  static NoTicket of(Throwable failure, KerberosLogin login) {
    for (Throwable cause : Failures.causes(failure)) {
      NoTicket known = ofNetwork(cause, login);
      if (known != null) {
        return known;
      }
    }
    Optional<Answer> answer = answer(failure);
    if (answer.isEmpty()) {
      return ofLibrary(failure, login);
    }
    return failure instanceof LoginException
        ? ofLogin(answer.get(), failure, login)
        : ofService(answer.get(), failure, login);
  }

  /** The KDC did not answer within the time that a log-in has. */
  static NoTicket late(Duration waited, KerberosLogin login) {
    return other(
        ErrorReason.TIMEOUT,
        "the KDC of %s did not answer within %s s: is a domain controller up, and does a firewall"
                .formatted(login.realm(), Failures.seconds(waited))
            + " drop TCP port 88?",
        new SocketTimeoutException());
  }

  static String kdc(KerberosLogin login) {
    return "the KDC of " + login.realm();
  }

  /** An error of the KDC. */
  private record Answer(int number, String text) {}

  private static Optional<Answer> answer(Throwable failure) {
    for (Throwable cause : Failures.causes(failure)) {
      String text = String.valueOf(cause.getMessage()).strip();
      Matcher matcher = NUMBER.matcher(text);
      if (matcher.find() && Integer.parseInt(matcher.group(1)) < FIRST_OF_JAVA) {
        return Optional.of(new Answer(Integer.parseInt(matcher.group(1)), shown(text)));
      }
    }
    return Optional.empty();
  }

  private static @Nullable NoTicket ofNetwork(Throwable cause, KerberosLogin login) {
    String kdc = kdc(login);
    if (cause instanceof SocketTimeoutException) {
      return other(
          ErrorReason.TIMEOUT,
          kdc
              + " does not answer: is a domain controller up, and does a firewall drop TCP port 88?",
          cause);
    }
    if (cause instanceof ConnectException || cause instanceof PortUnreachableException) {
      return other(
          ErrorReason.REFUSED,
          kdc + " refuses TCP port 88: is it a domain controller, and does its firewall let us in?",
          cause);
    }
    if (cause instanceof UnknownHostException) {
      return other(
          ErrorReason.DNS,
          "the name of %s, %s, has no address: check krb5.conf and the DNS"
              .formatted(kdc, shown(Failures.text(cause))),
          cause);
    }
    if (String.valueOf(cause.getMessage()).contains("ocate KDC")) {
      return other(
          ErrorReason.DNS,
          "the DNS names no KDC of %s (_kerberos._tcp.%s): check realm and the DNS of this machine"
              .formatted(login.realm(), login.realm()),
          cause);
    }
    return null;
  }

  private static NoTicket ofLogin(Answer answer, Throwable failure, KerberosLogin login) {
    int number = answer.number();
    return switch (number) {
      case 6 ->
          account(
              "there is no account %s (6): check username and realm".formatted(login.user()),
              failure);
      case 12 ->
          account("its policy forbids the account this log-on (12): hours, or machines", failure);
      case 14, 15 ->
          other(
              ErrorReason.AUTH,
              ("%s has no encryption type for %s that imf-exporter uses, which is AES alone (%d):"
                      + " allow AES for the account, and set its password anew")
                  .formatted(kdc(login), login.user(), number),
              failure);
      case 18 ->
          account(
              "the account is disabled, expired or locked out (18): look at it in Active Directory",
              failure);
      case 23 ->
          account(
              "the password has expired, or must be changed at the next log-on (23): set a new one",
              failure);
      case 24, 31 ->
          account(
              (login.proof() instanceof KerberosLogin.Password
                      ? "the password is wrong (%d): put the one of the account into its place"
                      : "the keytab is older than the password (%d): export it anew")
                  .formatted(number),
              failure);
      case 37 -> clocks(failure, login);
      case 68 ->
          other(
              ErrorReason.AUTH,
              "%s has no account of that realm (68): check realm".formatted(kdc(login)),
              failure);
      default -> account("it answered: " + answer.text(), failure);
    };
  }

  private static NoTicket ofService(Answer answer, Throwable failure, KerberosLogin login) {
    int number = answer.number();
    String service = login.spn().replaceFirst("@.*", "");
    return switch (number) {
      case 7 ->
          other(
              ErrorReason.AUTH,
              ("%s has no service principal name %s (7): name the host as its domain does, or set"
                      + " spn, or add the name: setspn -S %s COMPUTER")
                  .formatted(kdc(login), service, service),
              failure);
      case 14, 15 ->
          other(
              ErrorReason.AUTH,
              ("%s offers no AES for %s, only an older type such as RC4 (%d): let the host's account"
                      + " use AES (msDS-SupportedEncryptionTypes 24)")
                  .formatted(kdc(login), service, number),
              failure);
      case 32, 33 ->
          other(
              ErrorReason.AUTH,
              "the ticket of %s has ended (%d)".formatted(login, number),
              failure);
      case 37 -> clocks(failure, login);
      default ->
          other(
              ErrorReason.AUTH,
              "%s gave no ticket for %s: %s".formatted(kdc(login), service, answer.text()),
              failure);
    };
  }

  private static NoTicket ofLibrary(Throwable failure, KerberosLogin login) {
    String text = shown(Failures.text(failure));
    if (text.contains("Unable to obtain password") || text.contains("Kerberos tgt")) {
      return other(
          ErrorReason.AUTH,
          login.proof() instanceof KerberosLogin.TicketCache cache
              ? "the ticket cache %s has no ticket of %s that still holds: let kinit or k5start fill it"
                  .formatted(cache.file(), login)
              : "there is no key of " + login + proof(login),
          failure);
    }
    if (text.contains("etypes")) {
      return other(
          ErrorReason.AUTH, "krb5.conf permits no encryption type that Java has: " + text, failure);
    }
    return other(
        failure.getCause() instanceof IOException ? ErrorReason.UNREACHABLE : ErrorReason.OTHER,
        "%s gave no ticket: %s".formatted(kdc(login), text),
        failure);
  }

  private static String proof(KerberosLogin login) {
    return login.proof() instanceof KerberosLogin.Keytab keytab
        ? " in the keytab file " + keytab.file() + ": export it for this account"
        : "";
  }

  private static NoTicket clocks(Throwable failure, KerberosLogin login) {
    return new NoTicket(
        NoTicket.Fault.CLOCKS,
        ErrorReason.AUTH,
        "the clocks of this machine and of %s are more than 5 min apart (37): set both by NTP"
            .formatted(kdc(login)),
        failure);
  }

  private static NoTicket account(String why, Throwable failure) {
    return new NoTicket(NoTicket.Fault.ACCOUNT, ErrorReason.AUTH, why, failure);
  }

  private static NoTicket other(ErrorReason reason, String why, Throwable failure) {
    return new NoTicket(NoTicket.Fault.OTHER, reason, why, failure);
  }

  /** A KDC's text is bytes of the network. */
  private static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
  }
}
