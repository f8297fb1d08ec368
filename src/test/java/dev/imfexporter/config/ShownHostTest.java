package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownHostTest {
  @TempDir private Path folder;

  private Config config() throws IOException, ConfigException {
    Path password = Files.writeString(folder.resolve("password"), "Passw0rd-never-shown\n");
    return ConfigFiles.of(
            Files.writeString(
                folder.resolve("imf.yml"),
                """
            hosts:
              mail01: { access: smb, module: relay, auth: domain }  # the relay of Building 7
              mail02:
                access: smb
                auth: other
              mail03: { access: win32 }
            modules:
              relay: { poll_interval: 30s }
              unused: { slow_after: 90s }
            auths:
              domain: { username: svc-imf, domain: CORP, password_file: '%s' }
              other: { username: someone, password_env: PATH }
            """
                    .formatted(password)))
        .load();
  }

  @Test
  void aHostIsShownAloneWithItsModuleAndItsAccountMasked() throws Exception {
    Config config = config();
    assertThat(config.shownOf(config.host("mail01").orElseThrow()))
        .isEqualTo(
            """
            hosts:
              mail01: {access: smb, module: relay, auth: domain}
            modules:
              relay: {poll_interval: 30s}
            auths:
              domain: {username: '***', domain: '***', password_file: '***'}
            """);
  }

  @Test
  void nothingOfAnotherHostOrAccountIsLeft() throws Exception {
    Config config = config();
    assertThat(config.shownOf(config.host("mail03").orElseThrow()))
        .isEqualTo("hosts:\n  mail03: {access: win32}\n");
    for (HostConfig host : config.hosts()) {
      assertThat(config.shownOf(host))
          .doesNotContain(
              "svc-imf", "CORP", "Passw0rd", "someone", "PATH", folder.toString(), "unused");
    }
  }

  @Test
  void aBuiltInHostIsShownAsItIs() {
    Config demo = Config.demo(Duration.ofMinutes(36));
    assertThat(demo.shownOf(demo.hosts().get(0))).isEqualTo(demo.shown());
  }

  @Test
  void theDemoIsWhatItsConfigurationSays() throws Exception {
    Config demo = Config.demo(Duration.ofMinutes(36));
    Config built = Config.demo(Duration.ZERO);
    assertThat(ConfigReader.read("demo.yml", demo.shown())).isEqualTo(demo);
    assertThat(ConfigReader.read("demo.yml", built.shown())).isEqualTo(built);
  }
}
