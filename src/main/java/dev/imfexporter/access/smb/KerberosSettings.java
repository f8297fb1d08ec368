package dev.imfexporter.access.smb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one krb5.conf of this process, which Java reads before its first log-in by Kerberos. The
 * limits of waiting can be set nowhere else. Thread-safe.
 */
final class KerberosSettings {
  /** Names a krb5.conf of the site, which is then used as it is. */
  static final String PROPERTY = "java.security.krb5.conf";

  /**
   * DNS names the KDCs (RFC 4120, 7.2.3.2). Java's own limits add up to 90 s for a KDC that is
   * silent, and its UDP loses answers with the groups of an account.
   */
  static final String TEXT =
      """
      [libdefaults]
        dns_lookup_kdc = true
        dns_lookup_realm = false
        udp_preference_limit = 1
        kdc_timeout = 3000
        max_retries = 1
        allow_weak_crypto = false
        permitted_enctypes = aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96 \
      aes256-cts-hmac-sha384-192 aes128-cts-hmac-sha256-128
      """;

  private KerberosSettings() {}

  /** Writes the file and names it to Java, unless there is one. */
  static synchronized void provide() throws IOException {
    if (System.getProperty(PROPERTY) == null) {
      Path file = Files.createTempFile("imf-exporter-krb5", ".conf");
      write(file, TEXT);
      file.toFile().deleteOnExit();
      System.setProperty(PROPERTY, file.toString());
    }
  }

  /** Leaves no file if it fails: each log-in tries again while a disk is full. */
  static void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
