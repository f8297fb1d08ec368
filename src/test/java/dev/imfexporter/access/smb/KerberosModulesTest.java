package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class KerberosModulesTest {
  @Test
  void aReducedRuntimeLacksThem() {
    assertThat(KerberosModules.missing(Set.of("java.base", "jdk.security.auth")::contains, false))
        .containsExactly("jdk.security.jgss", "jdk.naming.dns");
  }

  @Test
  void theDnsIsNotNeededWhereTheSiteNamesItsKdcs() {
    assertThat(KerberosModules.missing(module -> module.startsWith("jdk.security"), true))
        .isEmpty();
  }

  @Test
  void aJdkHasThem() {
    assertThat(KerberosModules.missing()).isEmpty();
  }
}
