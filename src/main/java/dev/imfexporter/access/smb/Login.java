package dev.imfexporter.access.smb;

import java.util.Arrays;

/**
 * An account that logs in by NTLM, and its password.
 *
 * @param domain "" for an account of the host itself
 * @param password to be wiped by {@link #wipe} after use
 */
@SuppressWarnings("ArrayRecordComponent") // so that it can be wiped
public record Login(String domain, String user, char[] password) implements Credentials {

  @Override
  public int secret() {
    return Arrays.hashCode(password);
  }

  @Override
  public void wipe() {
    Arrays.fill(password, '\0');
  }

  @Override
  public String toString() {
    return domain.isEmpty() ? user : domain + "\\" + user;
  }
}
