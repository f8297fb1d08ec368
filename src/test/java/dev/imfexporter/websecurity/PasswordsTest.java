package dev.imfexporter.websecurity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsTest {
  /** Of {@code fakepassword}, from the source of the exporter-toolkit. */
  private static final String HASH = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi";

  private final Passwords passwords = new Passwords(Map.of("prometheus", HASH));

  @ParameterizedTest
  @CsvSource({
    "prometheus, fakepassword, true",
    "prometheus, Fakepassword, false",
    "prometheus, '', false",
    "other, fakepassword, false",
    "'', fakepassword, false",
  })
  void onlyTheUserWithThePassword(String user, String password, boolean right) {
    assertThat(passwords.known(user, password)).isEmpty();
    assertThat(passwords.check(user, password)).isEqualTo(right);
    assertThat(passwords.known(user, password)).hasValue(right);
    assertThat(passwords.check(user, password)).isEqualTo(right);
  }

  /** The boundary between name and password is part of what is known. */
  @Test
  void whatIsKnownIsOfThatUserAlone() {
    passwords.check("prometheus", "fakepassword");
    assertThat(passwords.known("prometheusf", "akepassword")).isEmpty();
    assertThat(passwords.known("other", "fakepassword")).isEmpty();
  }

  @Test
  void guessesDoNotDisplaceWhatIsRight() {
    String salt = "0123456789abcdef";
    Passwords cheap =
        new Passwords(
            Map.of(
                "a",
                OpenBSDBCrypt.generate("2y", "right".toCharArray(), salt.getBytes(US_ASCII), 4)));
    assertThat(cheap.check("a", "right")).isTrue();
    for (int i = 0; i < 200; i++) {
      assertThat(cheap.check("a", "guess" + i)).isFalse();
    }
    assertThat(cheap.known("a", "guess199")).hasValue(false);
    assertThat(cheap.known("a", "guess0")).isEmpty();
    assertThat(cheap.known("a", "right")).hasValue(true);
  }

  /** By the time of an answer, a name that is not known must not differ from that of most users. */
  @Test
  void anUnknownUserCostsAsMuchAsTheCostliestOne() {
    Map<String, String> hashes = new HashMap<>(Map.of("costly", HASH));
    for (int i = 0; i < 30; i++) {
      hashes.put("cheap" + i, HASH.replace("$10$", "$0" + (4 + i % 6) + "$"));
    }
    Passwords many = new Passwords(hashes);
    assertThat(many.compared("nobody")).isEqualTo(HASH);
    assertThat(many.compared("costly")).isEqualTo(HASH);
    assertThat(many.compared("cheap0")).contains("$04$");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi, 10",
        "$2a$04$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi, 4",
        "$2b$31$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi, 31",
        "$2y$03$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi, none",
        "$2y$32$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi, none",
        "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeS, none",
        "$6$salt$hash, none",
        "fakepassword, none",
      })
  void theCostOfAHash(String hash, @Nullable Integer cost) {
    assertThat(Passwords.cost(hash).orElse(null)).isEqualTo(cost);
  }
}
