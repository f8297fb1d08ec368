package dev.imfexporter.websecurity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTrustTest {
  private static final Path FOLDER = Path.of("src/test/resources/web");

  @Test
  void onlyTheAuthoritysClientsAreAccepted() throws Exception {
    ClientTrust trust = trust(ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT, List.of());
    assertThatCode(() -> trust.checkClientTrusted(chain("client"), "EC"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> trust.checkClientTrusted(chain("stranger"), "EC"))
        .isInstanceOf(CertificateException.class)
        .hasRootCauseInstanceOf(CertPathBuilderException.class);
    // It is for servers.
    assertThatThrownBy(() -> trust.checkClientTrusted(chain("ec"), "EC"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void withoutVerificationAnyIsAccepted() throws Exception {
    ClientTrust trust = trust(ClientAuth.REQUIRE_ANY_CLIENT_CERT, List.of());
    assertThatCode(() -> trust.checkClientTrusted(chain("stranger"), "EC"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prometheus.example.net",
        "2001:db8:0:0::7",
        "2001:DB8::7",
        "ops@example.net",
        "spiffe://example.net/prometheus"
      })
  void aNameOfAnyKindIsFound(String allowed) throws Exception {
    ClientTrust trust =
        trust(ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT, List.of("other.example.net", allowed));
    assertThatCode(() -> trust.checkClientTrusted(chain("client"), "EC"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Prometheus.example.net",
        "example.net",
        "2001:db8::8",
        "*",
        "client",
        "127.0.0.1"
      })
  void aNameHasToBeTheSame(String allowed) throws Exception {
    ClientTrust trust = trust(ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT, List.of(allowed));
    assertThatThrownBy(() -> trust.checkClientTrusted(chain("client"), "EC"))
        .isInstanceOf(CertificateException.class)
        .hasMessage("no alternative name of the certificate is allowed");
  }

  private static ClientTrust trust(ClientAuth clients, List<String> sans) throws Exception {
    Pem pem = new Pem.InFile(FOLDER.resolve("ca.pem"));
    TlsSettings settings =
        new TlsSettings(
            pem,
            pem,
            clients,
            Optional.of(pem),
            sans,
            TlsVersion.TLS12,
            TlsVersion.TLS13,
            List.of(),
            List.of(),
            true);
    return ClientTrust.of(settings, PemObjects.certificates(pem));
  }

  private static X509Certificate[] chain(String name) throws Exception {
    return PemObjects.certificates(new Pem.InFile(FOLDER.resolve(name + ".pem")))
        .toArray(X509Certificate[]::new);
  }
}
