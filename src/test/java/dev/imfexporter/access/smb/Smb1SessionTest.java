package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException;
import java.time.Duration;
import java.util.List;
import org.codelibs.jcifs.smb.Configuration;
import org.codelibs.jcifs.smb.DialectVersion;
import org.codelibs.jcifs.smb.ResolverType;
import org.junit.jupiter.api.Test;

class Smb1SessionTest {

  /** jcifs ignores a property whose name it does not know, and its next version may rename one. */
  @Test
  void eachPropertyTakesEffect() throws Exception {
    Configuration config =
        Smb1Session.configuration(
            new SmbHostConfig(
                "mail01",
                445,
                () -> {
                  throw new AccessException.Unsupported("This test does not log in");
                },
                new LoginGate(true, System::nanoTime),
                SmbProtocol.SMB1,
                Duration.ofMillis(4321)));

    assertThat(config.getMinimumVersion()).isEqualTo(DialectVersion.SMB1);
    assertThat(config.getMaximumVersion()).isEqualTo(DialectVersion.SMB1);
    assertThat(config.getResponseTimeout()).isEqualTo(4321);
    assertThat(config.getConnTimeout()).isEqualTo(4321);
    assertThat(config.getMaxRequestRetries()).isEqualTo(1);
    assertThat(config.isSigningEnabled()).isTrue();
    assertThat(config.isSigningEnforced()).isTrue();
    assertThat(config.isIpcSigningEnforced()).isTrue();
    assertThat(config.isDfsDisabled()).isTrue();
    assertThat(config.getResolveOrder()).isEqualTo(List.of(ResolverType.RESOLVER_DNS));
  }
}
