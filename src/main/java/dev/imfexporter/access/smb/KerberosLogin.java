package dev.imfexporter.access.smb;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * An account that logs in by Kerberos (RFC 4120).
 *
 * @param realm in capitals
 * @param spn of the host's service with its realm, such as {@code cifs/mail01.example.net@REALM}
 * @param fallback logs in by NTLM if the KDC gives no ticket for a reason other than the account;
 *     empty for a failure instead
 */
public record KerberosLogin(
    String user, String realm, Proof proof, String spn, Optional<Login> fallback)
    implements Credentials {

  /** What proves to the KDC who logs in. */
  public sealed interface Proof {}

  /**
   * A password.
   *
   * @param password overwritten by {@link #wipe}
   */
  @SuppressWarnings("ArrayRecordComponent") // so that it can be wiped
  public record Password(char[] password) implements Proof {}

  /**
   * A file with the keys of the account.
   *
   * @param hash of its bytes
   */
  public record Keytab(Path file, int hash) implements Proof {}

  /**
   * A file with a ticket-granting ticket.
   *
   * @param hash of its bytes
   */
  public record TicketCache(Path file, int hash) implements Proof {}

  /**
   * The same with a password of its own, which {@link #wipe} of this one leaves, and no fallback.
   */
  KerberosLogin copy() {
    Proof own = proof instanceof Password known ? new Password(known.password().clone()) : proof;
    return new KerberosLogin(user, realm, own, spn, Optional.empty());
  }

  /** {@code user@REALM}. */
  String principal() {
    return user + "@" + realm;
  }

  @Override
  public int secret() {
    return Objects.hash(hash(), fallback.map(Login::secret));
  }

  private int hash() {
    if (proof instanceof Password known) {
      return Arrays.hashCode(known.password());
    }
    return proof instanceof Keytab keytab ? keytab.hash() : ((TicketCache) proof).hash();
  }

  @Override
  public void wipe() {
    if (proof instanceof Password known) {
      Arrays.fill(known.password(), '\0');
    }
    fallback.ifPresent(Login::wipe);
  }

  @Override
  public String toString() {
    return principal();
  }
}
