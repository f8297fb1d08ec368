package dev.imfexporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class HandshakeLogTest {
  /** As Java reports it. */
  @Test
  void aCertificateOfAnotherAuthorityIsSaidInPlainWords() {
    CertificateException untrusted =
        new CertificateException(
            "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException",
            new CertPathBuilderException("unable to find valid certification path"));
    assertThat(HandshakeLog.why(new SSLException("(certificate_unknown)", untrusted)))
        .isEqualTo("its certificate is not accepted: no authority of client_ca_file has signed it");
  }

  @Test
  void otherCertificatesHaveTheReasonOfTheirException() {
    assertThat(HandshakeLog.why(new SSLException("x", new CertificateException("it has ended"))))
        .isEqualTo("its certificate is not accepted: it has ended");
  }
}
