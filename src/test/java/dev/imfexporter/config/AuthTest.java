package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imfexporter.access.AccessKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthTest {
  private static final String SECRET = "p\u00e4ss: \"word\"";

  @TempDir private Path folder;

  @Test
  void hostOverSmbHasItsAccountAndItsPasswordFileBesideTheConfiguration() throws Exception {
    Files.writeString(folder.resolve("mail.pw"), SECRET + "\r\nsecond line\n");

    HostConfig host =
        load("""
                auths: { mailadmin: { username: svc-imf, domain: EXAMPLE, password_file: mail.pw } }
                hosts: { mail01: { access: smb, auth: mailadmin, smb_port: 1445, encryption: true } }
                """)
            .hosts()
            .get(0);

    HostConfig.Smb smb = host.smb().orElseThrow();
    assertThat(host.access()).isEqualTo(AccessKind.SMB);
    assertThat(smb.port()).isEqualTo(1445);
    assertThat(smb.encryption()).isTrue();
    assertThat(smb.auth().username()).isEqualTo("svc-imf");
    assertThat(smb.auth().domain()).isEqualTo("EXAMPLE");
    assertThat(new String(smb.auth().secret().read())).isEqualTo(SECRET);
    assertThat(host.toString()).doesNotContain(SECRET);
  }

  @Test
  void hostWithSmb1SignsUnlessSigningIsOff() throws Exception {
    Files.writeString(folder.resolve("mail.pw"), SECRET);
    String auths = "auths: { a: { username: svc-imf, password_file: mail.pw } }\n";

    HostConfig.Smb old = smb(auths + "hosts: { m: { access: smb, auth: a, smb1: true } }");
    HostConfig.Smb bare =
        smb(auths + "hosts: { m: { access: smb, auth: a, smb1: true, signing: false } }");

    assertThat(old.smb1()).isTrue();
    assertThat(old.signing()).isTrue();
    assertThat(bare.signing()).isFalse();
    assertThat(
            errors(auths + "hosts: { m: { access: smb, auth: a, smb1: true, encryption: true } }"))
        .containsExactly(
            "2: hosts.m.encryption: SMB 1 cannot encrypt: remove this, or set smb1: false");
    assertThat(errors(auths + "hosts: { m: { access: smb, auth: a, signing: false } }"))
        .containsExactly(
            "2: hosts.m.signing: can be switched off only together with smb1: later versions always"
                + " sign");
  }

  private HostConfig.Smb smb(String text) throws Exception {
    return load(text).hosts().get(0).smb().orElseThrow();
  }

  @Test
  void secretIsReadAnewEachTime() throws Exception {
    Path file = Files.writeString(folder.resolve("mail.pw"), "old");
    Auth.Secret secret = new Auth.InFile(file);
    assertThat(new String(secret.read())).isEqualTo("old");
    Files.writeString(file, "new");

    assertThat(new String(secret.read())).isEqualTo("new");
  }

  @Test
  void emptyFileIsNoPassword() throws Exception {
    Auth.Secret secret = new Auth.InFile(Files.writeString(folder.resolve("mail.pw"), "\n"));

    assertThatThrownBy(secret::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no password in its first line");
  }

  @Test
  void allErrorsAreReportedAtOnce() {
    assertThat(
            errors(
                """
                auths:
                  none: { password_env: IMF_TEST_IS_NOT_SET }
                  both: { username: a, password_env: HOME, password_file: x }
                  gone: { username: a, password_file: missing.pw }
                hosts:
                  mail01: { access: smb, auth: gonne, smb_port: 0 }
                """))
        .containsExactlyInAnyOrder(
            "2: auths.none.username: is missing, expected the name of an account, without its domain",
            "2: auths.none.password_env: the environment variable IMF_TEST_IS_NOT_SET is not set",
            "3: auths.both.password_file: expected either password_file or password_env",
            "4: auths.gone.password_file: the password file "
                + folder.resolve("missing.pw")
                + " does not exist",
            "6: hosts.mail01.smb_port: expected a whole number from 1 to 65535, found the number 0",
            "6: hosts.mail01.auth: expected the name of one of the auths, found \"gonne\", did you mean gone?");
  }

  @Test
  void passwordThatStandsInTheFileIsRefusedAndNotRepeated() {
    String hosts = "hosts: { m: { access: demo } }\n";
    assertThat(errors("auths: { a: { username: x, password: hunter2 } }\n" + hosts))
        .containsExactly(
            "1: auths.a.password: is not allowed here: put it into a file, named in password_file")
        .noneMatch(error -> error.contains("hunter2"));
    assertThat(errors("auths: { svc-imf: hunter2 }\n" + hosts))
        .contains("1: auths.svc-imf: expected a mapping, found a single value")
        .noneMatch(error -> error.contains("hunter2"));
    assertThat(errors("auths: { a: { username: x@example.net, password_env: HOME } }\n" + hosts))
        .singleElement()
        .asString()
        .contains("auths.a.username: expected the name of an account, without its domain");
  }

  @Test
  void hostOverSmbNeedsAnAccount() {
    assertThat(errors("hosts: { mail01: { access: smb } }\n"))
        .containsExactly("1: hosts.mail01.auth: is missing, expected the name of one of the auths");
  }

  @Test
  void onlyHostsOverSmbLogIn() {
    assertThat(errors("hosts: { mail01: { access: demo, auth: x } }\n"))
        .containsExactly("1: hosts.mail01.auth: unknown key, expected one of access, module");
  }

  private Config load(String text) throws Exception {
    return Config.load(Files.writeString(folder.resolve("c.yml"), text));
  }

  private List<String> errors(String text) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> load(text));
    String file = folder.resolve("c.yml") + ":";
    return e.errors().stream().map(Object::toString).map(line -> line.replace(file, "")).toList();
  }
}
