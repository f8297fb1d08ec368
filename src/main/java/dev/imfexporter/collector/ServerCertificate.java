package dev.imfexporter.collector;

import dev.imfexporter.text.HasMeaning;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificate with which a server introduced itself. It was not verified.
 *
 * @param subject its distinguished name (RFC 2253), printable and cut after 200 characters
 * @param issuer the same of its issuer
 * @param notBefore from when on it is valid
 * @param notAfter the last second at which it is valid
 * @param selfIssued whether subject and issuer are the same name
 * @param named whether it is for one of the names by which clients know the server
 */
public record ServerCertificate(
    String subject,
    String issuer,
    Instant notBefore,
    Instant notAfter,
    boolean selfIssued,
    boolean named) {
  private static final int LONGEST = 200;
  private static final int MOST_NAMES = 100;

  /** Types of names in RFC 5280, 4.2.1.6. */
  private static final int DNS = 2;

  private static final int ADDRESS = 7;
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,+]+)");

  /** What a client that verifies certificates would object to. */
  public enum Fault implements HasMeaning {
    EXPIRED("its last day has passed"),
    NOT_YET_VALID("its first day has not come"),
    SELF_SIGNED("its issuer is its subject"),
    NAME_MISMATCH("it has neither the configured address nor the name in the greeting");

    private final String meaning;

    Fault(String meaning) {
      this.meaning = meaning;
    }

    @Override
    public String meaning() {
      return meaning;
    }
  }

  /**
   * @param names by which clients know the server
   */
  static ServerCertificate of(X509Certificate read, Collection<String> names) {
    String subject = read.getSubjectX500Principal().getName();
    String issuer = read.getIssuerX500Principal().getName();
    List<String> own = names(read, subject);
    return new ServerCertificate(
        HostText.printable(subject, LONGEST),
        HostText.printable(issuer, LONGEST),
        read.getNotBefore().toInstant(),
        read.getNotAfter().toInstant(),
        read.getSubjectX500Principal().equals(read.getIssuerX500Principal()),
        names.stream().anyMatch(name -> own.stream().anyMatch(each -> matches(each, name))));
  }

  /** What is to be objected to at that time. */
  public Set<Fault> faults(Instant now) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    if (now.isAfter(notAfter)) {
      faults.add(Fault.EXPIRED);
    }
    if (now.isBefore(notBefore)) {
      faults.add(Fault.NOT_YET_VALID);
    }
    if (selfIssued) {
      faults.add(Fault.SELF_SIGNED);
    }
    if (!named) {
      faults.add(Fault.NAME_MISMATCH);
    }
    return faults;
  }

  /** The alternative names, or without any the common name (RFC 6125, 6.4.4). */
  private static List<String> names(X509Certificate read, String subject) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = read.getSubjectAlternativeNames();
      for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
        boolean host = name.get(0).equals(DNS) || name.get(0).equals(ADDRESS);
        if (host && name.get(1) instanceof String text && names.size() < MOST_NAMES) {
          names.add(text);
        }
      }
    } catch (CertificateParsingException e) {
      return List.of();
    }
    Matcher common = COMMON_NAME.matcher(subject);
    if (names.isEmpty() && common.find()) {
      names.add(common.group(1));
    }
    return names;
  }

  /** Whether the name of a certificate, which may begin with a label {@code *}, is that name. */
  private static boolean matches(String certified, String name) {
    String lower = certified.toLowerCase(Locale.ROOT);
    String wanted = name.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("*.")) {
      return lower.equals(wanted);
    }
    int dot = wanted.indexOf('.');
    return dot > 0 && wanted.substring(dot).equals(lower.substring(1));
  }
}
