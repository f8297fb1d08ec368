package dev.imfexporter.winservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.winservice.Grant.FolderRight;
import dev.imfexporter.winservice.Grant.FolderRight.Access;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {
  @Test
  void commandsOfARightOnAFolder() {
    FolderRight right = new FolderRight(Path.of("/data/imf history"), Access.CHANGE);
    assertThat(right.giveCommand(Registration.OWN_ACCOUNT))
        .containsExactly(
            "icacls",
            Path.of("/data/imf history").toString(),
            "/grant",
            "NT SERVICE\\imf-exporter:(OI)(CI)M",
            "/Q");
    assertThat(right.takeCommand(Registration.OWN_ACCOUNT))
        .containsExactly(
            "icacls",
            Path.of("/data/imf history").toString(),
            "/remove:g",
            "NT SERVICE\\imf-exporter",
            "/Q");
  }

  @Test
  void aFolderThatIsOnlyReadIsNotChanged() {
    assertThat(new FolderRight(Path.of("/imf"), Access.READ).giveCommand("account"))
        .contains("account:(OI)(CI)RX");
  }

  @Test
  void firewallLetsInThePortsFromOneNetwork() {
    assertThat(new Firewall(List.of(10747, 10748), "10.1.0.0/16").addCommand())
        .contains("localport=10747,10748", "remoteip=10.1.0.0/16", "dir=in", "protocol=TCP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "10.0.0.0/8", "fd00::/8", "::1"})
  void networks(String network) {
    assertThat(new Firewall(List.of(1), network).network()).isEqualTo(network);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "any", "abc", "10.0.0.0/8,10.1.1.1", "10.0.0.0/8 dir=out", "/8"})
  void noNetworks(String network) {
    assertThatThrownBy(() -> new Firewall(List.of(1), network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + network + "'");
  }
}
