package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of MS-NLMP 4.2.4: user, password, nonces and time are its own. */
class NtlmSealingTest {
  private static final Login LOGIN = new Login("Domain", "User", "Password".toCharArray());

  /** CHALLENGE_MESSAGE of 4.2.4.3. */
  private static final String CHALLENGE =
      "4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef"
          + "00000000000000002400240044000000060070170000000f"
          + "530065007200760065007200"
          + "02000c0044006f006d00610069006e00"
          + "01000c00530065007200760065007200"
          + "00000000";

  @Test
  void theKeyIsThatOfTheExample() {
    assertThat(hex(NtlmIdentity.of(LOGIN).responseKey()))
        .isEqualTo("0c868a403bfd7a93a3001ef22ef02e3f");
  }

  @Test
  void theKeyDoesNotDependOnTheLanguageOfThisMachine() {
    Login login = new Login("", "administrator", "Password".toCharArray());
    byte[] key = NtlmIdentity.of(login).responseKey();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(NtlmIdentity.of(login).responseKey()).isEqualTo(key);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theAnswerHoldsTheProofAndTheSessionKeyOfTheExample() throws IOException {
    String answer = hex(sealing().answer(bytes(CHALLENGE)));

    assertThat(answer)
        .startsWith(hex("NTLMSSP\0".getBytes(StandardCharsets.US_ASCII)) + "03000000")
        .contains("68cd0ab851e51c96aabc927bebef6a1c")
        .endsWith("c5dad2544fc9799094ce1ce90bc9d03e");
  }

  @Test
  void aMessageIsSealedAndSignedAsInTheExample() throws IOException {
    NtlmSealing sealing = sealing();
    sealing.answer(bytes(CHALLENGE));
    byte[] plaintext = "Plaintext".getBytes(StandardCharsets.UTF_16LE);
    byte[] message = Arrays.copyOf(plaintext, plaintext.length + sealing.verifierLength());

    sealing.seal(message, 0, plaintext.length);

    assertThat(hex(message))
        .isEqualTo("54e50165bf1936dc996020c1811b0f06fb5f" + "010000007fb38ec5c55d497600000000");
  }

  @Test
  void aResponseThatWasChangedIsRefused() throws IOException {
    NtlmSealing sealing = sealing();
    sealing.answer(bytes(CHALLENGE));

    assertThatThrownBy(() -> sealing.unseal(new byte[64], 24, 16)).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 31, 47, 60, 80})
  void aChallengeThatIsCutShortIsRefused(int length) {
    byte[] cut = Arrays.copyOf(bytes(CHALLENGE), length);

    assertThatThrownBy(() -> sealing().answer(cut)).isInstanceOf(Malformed.class);
  }

  private static NtlmSealing sealing() {
    Iterator<String> nonces =
        List.of("aaaaaaaaaaaaaaaa", "55555555555555555555555555555555").iterator();
    Random scripted =
        new Random() {
          @Override
          public void nextBytes(byte[] bytes) {
            System.arraycopy(bytes(nonces.next()), 0, bytes, 0, bytes.length);
          }
        };
    return new NtlmSealing(
        NtlmIdentity.of(LOGIN), scripted, () -> Instant.parse("1601-01-01T00:00:00Z"));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
