package dev.imfexporter.access.smb;

import dev.imfexporter.access.smb.rpc.NtlmIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.MD4Digest;

/**
 * An account and its password, as they are now.
 *
 * @param domain "" for an account of the host itself
 * @param password to be wiped by {@link #wipe} after use
 */
@SuppressWarnings("ArrayRecordComponent") // so that it can be wiped
public record Login(String domain, String user, char[] password) {

  /** Who seals calls (MS-NLMP 3.3.1). */
  NtlmIdentity identity() {
    byte[] utf16 = new String(password).getBytes(StandardCharsets.UTF_16LE);
    MD4Digest digest = new MD4Digest();
    digest.update(utf16, 0, utf16.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    Arrays.fill(utf16, (byte) 0);
    return new NtlmIdentity(domain, user, hash);
  }

  /** Tells one password from the next, and nothing else of it. */
  int secret() {
    return Arrays.hashCode(password);
  }

  void wipe() {
    Arrays.fill(password, '\0');
  }

  @Override
  public String toString() {
    return domain.isEmpty() ? user : domain + "\\" + user;
  }
}
