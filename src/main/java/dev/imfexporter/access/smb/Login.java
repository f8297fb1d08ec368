package dev.imfexporter.access.smb;

import java.util.Arrays;

/**
 * An account and its password, as they were read for one log-in.
 *
 * @param domain "" for an account of the host itself
 * @param password to be wiped by {@link #wipe} after use
 */
@SuppressWarnings("ArrayRecordComponent") // so that it can be wiped
public record Login(String domain, String user, char[] password) {

  /** A hash of the password, to notice that it changed. */
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
