package dev.imfexporter.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imfexporter.access.AccessKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
    Auth.Ntlm ntlm = (Auth.Ntlm) smb.auth().method();
    assertThat(ntlm.domain()).isEqualTo("EXAMPLE");
    assertThat(new String(ntlm.password().read())).isEqualTo(SECRET);
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
        .containsExactly(
            "1: hosts.mail01.auth: unknown key, it belongs to a host with access: smb");
  }

  @Test
  void byteOrderMarkIsNoPartOfThePassword() throws Exception {
    Path file = Files.writeString(folder.resolve("mail.pw"), "\uFEFF" + SECRET + "\r\n");

    assertThat(new String(new Auth.InFile(file).read())).isEqualTo(SECRET);
  }

  @Test
  void passwordThatIsNotUtf8IsRefusedBeforeItIsSent() throws Exception {
    assertThat(refused(SECRET.getBytes(ISO_8859_1))).isEqualTo("is not UTF-8, save it as UTF-8");
    assertThat(refused(("\uFEFF" + SECRET).getBytes(UTF_16LE)))
        .isEqualTo("is UTF-16, save it as UTF-8");
    assertThat(refused(("\uFEFF" + SECRET).getBytes(UTF_16BE)))
        .isEqualTo("is UTF-16, save it as UTF-8");
    assertThat(refused("hunter2".getBytes(UTF_16LE)))
        .isEqualTo("is UTF-16 without a byte order mark, save it as UTF-8");
    assertThat(refused("\uFEFF\n".getBytes(UTF_8))).isEqualTo("has no password in its first line");
    assertThat(refused("x".repeat(5000).getBytes(UTF_8)))
        .isEqualTo("is larger than 4 KiB, the limit for a password file");
  }

  @Test
  void folderIsNoPasswordFile() {
    assertThat(refused(folder))
        .isEqualTo("is a folder, expected a file whose first line is a password");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(10)
  void pipeOrDeviceIsNotOpened() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(refused(pipe))
        .isEqualTo("is not a regular file, expected a file whose first line is a password");
    assertThat(refused(Path.of("/dev/zero")))
        .isEqualTo("is not a regular file, expected a file whose first line is a password");
  }

  @Test
  void nameThatNoFileCanHave() {
    assertThat(
            errors(
                """
                auths: { a: { username: x, password_file: "a\\0b" } }
                hosts: { m: { access: demo } }
                """))
        .containsExactly(
            "1: auths.a.password_file: expected the name of a file, found \"a\\u0000b\"");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void passwordFileThatEveryAccountCanReadIsAWarning() throws Exception {
    String text =
        "auths: { a: { username: x, password_file: mail.pw } }\nhosts: { m: { access: demo } }";
    Path file = Files.writeString(folder.resolve("mail.pw"), SECRET);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(load(text).warnings()).isEmpty();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(load(text).warnings())
        .extracting(Object::toString)
        .containsExactly(
            folder.resolve("c.yml")
                + ":1: auths.a.password_file: every account of this machine can read the password"
                + " file "
                + file
                + ": set its mode to 0600");
  }

  private String refused(byte[] content) throws Exception {
    return refused(Files.write(folder.resolve("mail.pw"), content));
  }

  /** The sentence without its subject. */
  private static String refused(Path file) {
    IOException e = catchThrowableOfType(IOException.class, new Auth.InFile(file)::read);
    return String.valueOf(e.getMessage()).replace("the password file " + file + " ", "");
  }

  @Test
  void keyOfAnotherSectionIsNamedWithItsPlace() {
    assertThat(
            errors(
                """
                modules: { x: { username: a, access: demo } }
                hosts:
                  m: { access: demo, smb_port: 445, password_env: HOME, poll_interval: 5s }
                """))
        .containsExactlyInAnyOrder(
            "1: modules.x.username: unknown key, it belongs to an account in auths",
            "1: modules.x.access: unknown key, it belongs to a host",
            "3: hosts.m.smb_port: unknown key, it belongs to a host with access: smb",
            "3: hosts.m.password_env: unknown key, it belongs to an account in auths",
            "3: hosts.m.poll_interval: unknown key, it belongs to a module in modules");
  }

  private Config load(String text) throws Exception {
    return ConfigFiles.of(Files.writeString(folder.resolve("c.yml"), text)).load();
  }

  private List<String> errors(String text) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> load(text));
    String file = folder.resolve("c.yml") + ":";
    return e.errors().stream().map(Object::toString).map(line -> line.replace(file, "")).toList();
  }
}
