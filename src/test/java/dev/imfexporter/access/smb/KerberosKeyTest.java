package dev.imfexporter.access.smb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerberosKeyTest {
  /** RFC 3961, A.1. */
  @ParameterizedTest
  @CsvSource({
    "012345, 8, be072631276b1955",
    "password, 7, 78a07b6caf85fa",
    "kerberos, 8, 6b65726265726f73",
    "kerberos, 16, 6b65726265726f737b9b5b2b93132b93"
  })
  void foldsAsTheRfc(String text, int size, String folded) {
    assertThat(HexFormat.of().formatHex(KerberosKey.fold(text.getBytes(US_ASCII), size)))
        .isEqualTo(folded);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void whatWasEncryptedComesBackAndNoBitMayChange(int size) throws Exception {
    KerberosKey key = new KerberosKey(KerberosKey.random(size));
    for (int length = 1; length <= 50; length++) {
      byte[] plain = KerberosKey.random(length);
      byte[] sealed = key.encrypt(11, plain);

      assertThat(sealed).hasSize(KerberosKey.BLOCK + length + KerberosKey.CHECKSUM);
      if (length >= 5) {
        assertThat(key.decrypt(11, sealed)).isEqualTo(plain);
        for (int at = 0; at < sealed.length; at++) {
          byte[] other = sealed.clone();
          other[at] ^= 4;
          assertThatThrownBy(() -> key.decrypt(11, other)).isInstanceOf(Malformed.class);
        }
        assertThatThrownBy(() -> key.decrypt(12, sealed)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> key.fresh().decrypt(11, sealed)).isInstanceOf(Malformed.class);
      }
    }
  }

  @Test
  void tooFewBytesAreNoMessage() {
    KerberosKey key = new KerberosKey(new byte[16]);
    for (int length = 0; length <= 32; length++) {
      byte[] few = Arrays.copyOf(key.encrypt(11, new byte[40]), length);
      assertThatThrownBy(() -> key.decrypt(11, few)).isInstanceOf(Malformed.class);
    }
  }
}
