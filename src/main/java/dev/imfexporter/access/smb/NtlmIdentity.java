package dev.imfexporter.access.smb;

import com.hierynomus.ntlm.functions.NtlmV2Functions;
import com.hierynomus.security.bc.BCSecurityProvider;
import java.security.SecureRandom;
import java.util.Locale;

/**
 * The account that seals calls. Unlike a {@link Login} it lasts as long as the session.
 *
 * @param domain "" for an account of the host itself
 * @param responseKey NTOWFv2 (MS-NLMP 3.3.2), which is as good as the password for logging in
 */
@SuppressWarnings("ArrayRecordComponent") // a key is bytes; two are never compared
record NtlmIdentity(String domain, String user, byte[] responseKey) {

  static NtlmIdentity of(Login login) {
    // In capitals already: the library's own way to them depends on the language of this machine.
    String capitals = login.user().toUpperCase(Locale.ROOT);
    byte[] key =
        new NtlmV2Functions(new SecureRandom(), new BCSecurityProvider())
            .NTOWFv2(new String(login.password()), capitals, login.domain());
    return new NtlmIdentity(login.domain(), login.user(), key);
  }
}
