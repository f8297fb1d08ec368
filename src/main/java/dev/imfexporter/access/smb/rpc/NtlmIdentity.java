package dev.imfexporter.access.smb.rpc;

/**
 * Who seals messages.
 *
 * @param domain "" for an account of the host itself
 * @param ntHash MD4 of the password in UTF-16 (MS-NLMP 3.3.1), as good as the password
 */
@SuppressWarnings("ArrayRecordComponent") // a key is bytes; two are never compared
public record NtlmIdentity(String domain, String user, byte[] ntHash) {
  @Override
  public String toString() {
    return domain.isEmpty() ? user : domain + "\\" + user;
  }
}
