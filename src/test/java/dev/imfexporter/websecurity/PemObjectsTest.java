package dev.imfexporter.websecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemObjectsTest {
  private static final Path FOLDER = Path.of("src/test/resources/web");

  @ParameterizedTest
  @CsvSource({
    "server.pem, server.key",
    "server.pem, server-pkcs1.key",
    "ec.pem, ec.key",
    "ec.pem, ec-sec1.key",
    "ec.pem, ec-with-parameters.key",
    "ed25519.pem, ed25519.key",
  })
  void everyKindOfKeyIsUsed(String certificate, String key) throws Exception {
    ServerTls tls = ServerTls.of(TlsSettings.of(in(certificate), in(key)));
    assertThat(tls.newEngine().getUseClientMode()).isFalse();
    assertThat(tls.notAfter()).isAfter("2100-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server.pem|ec.key|key|has another key than that of the certificate in the file",
        "server.pem|client.key|key|has another key than that of the certificate in the file",
        "server.pem|server-encrypted.key|key|has a key with a pass phrase: give it one without",
        "server.pem|server-encrypted-pkcs1.key|key|has a key with a pass phrase: give it one without",
        "server.pem|server.pem|key|has no private key in PEM",
        "server.key|server.key|cert|has no certificate in PEM",
        "server.pem|none.key|key|does not exist",
        "none.pem|server.key|cert|does not exist",
      })
  void whatCannotBeUsedIsSaid(String certificate, String key, String where, String sentence) {
    assertThatThrownBy(() -> ServerTls.of(TlsSettings.of(in(certificate), in(key))))
        .isInstanceOfSatisfying(UnusableTls.class, e -> assertThat(e.key()).isEqualTo(where))
        .hasMessageContaining(sentence);
  }

  @Test
  void aFileThatWasCutOffIsDamaged(@TempDir Path folder) throws IOException {
    String whole = Files.readString(FOLDER.resolve("server.pem"));
    Path cut = folder.resolve("cut.pem");
    for (int length = 40; length < whole.length() - 30; length += 97) {
      Files.writeString(cut, whole.substring(0, length));
      assertThatThrownBy(() -> PemObjects.certificates(new Pem.InFile(cut)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the file " + cut + " ");
    }
  }

  @Test
  void aHugeFileIsRefused(@TempDir Path folder) throws IOException {
    Path huge = folder.resolve("huge.pem");
    Files.write(huge, new byte[1024 * 1024 + 1]);
    assertThatThrownBy(() -> PemObjects.certificates(new Pem.InFile(huge)))
        .hasMessage("the file " + huge + " is larger than 1 MiB");
  }

  private static Pem in(String name) {
    return new Pem.InFile(FOLDER.resolve(name));
  }
}
