package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts that log in by Kerberos. */
class KerberosAuthTest {
  private static final String SECRET = "hunter2";

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("p"), SECRET + "\n");
    Files.writeString(folder.resolve("k"), SECRET);
  }

  @Test
  void realmAndPassword() throws Exception {
    Auth auth = auth("kerberos: true, username: svc, realm: EXAMPLE.NET, password_file: p");

    assertThat(auth.username()).isEqualTo("svc");
    assertThat(auth.method())
        .isEqualTo(
            new Auth.Kerberos(
                "EXAMPLE.NET",
                new Auth.Password(new Auth.InFile(folder.resolve("p"))),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void keytabWithAnotherNameOfTheService() throws Exception {
    assertThat(
            auth("kerberos: true, username: svc, realm: A.B, keytab_file: k, spn: 'cifs/{host}.a.b'")
                .method())
        .isEqualTo(
            new Auth.Kerberos(
                "A.B",
                new Auth.Keytab(folder.resolve("k")),
                Optional.of("cifs/{host}.a.b"),
                Optional.empty()));
  }

  @Test
  void ticketCacheMayComeLater() throws Exception {
    assertThat(auth("kerberos: true, username: svc, realm: A.B, ticket_cache: later").method())
        .isEqualTo(
            new Auth.Kerberos(
                "A.B",
                new Auth.TicketCache(folder.resolve("later")),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void fallbackHasThePasswordAndTheDomainOrTheRealm() throws Exception {
    Auth.Secret password = new Auth.InFile(folder.resolve("p"));
    String both = "kerberos: true, username: s, realm: A.B, ntlm: true, password_file: p";

    assertThat(((Auth.Kerberos) auth(both).method()).fallback())
        .contains(new Auth.Ntlm("A.B", password));
    assertThat(((Auth.Kerberos) auth(both + ", keytab_file: k, domain: A").method()))
        .isEqualTo(
            new Auth.Kerberos(
                "A.B",
                new Auth.Keytab(folder.resolve("k")),
                Optional.empty(),
                Optional.of(new Auth.Ntlm("A", password))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          realm: A.B, password_file: p                                  | realm: is for an account with kerberos: true
          ntlm: true, password_file: p                                  | ntlm: is for an account with kerberos: true
          password_file: p, spn: cifs/x                                 | spn: is for an account with kerberos: true
          kerberos: yes, password_file: p                               | kerberos: expected true or false, found "yes"
          kerberos: true, password_file: p                              | realm: is missing, expected a Kerberos realm, the DNS name of the domain in capitals, such as EXAMPLE.NET
          kerberos: true, realm: a.b, password_file: p                  | realm: expected a Kerberos realm, the DNS name of the domain in capitals, such as EXAMPLE.NET, found "a.b"
          kerberos: true, realm: A.B                                    | kerberos: expected one of password_file, password_env, keytab_file and ticket_cache
          kerberos: true, realm: A.B, keytab_file: k, ticket_cache: c   | kerberos: expected one of password_file, password_env, keytab_file and ticket_cache
          kerberos: true, realm: A.B, keytab_file: k, password_file: p  | kerberos: expected one of password_file, password_env, keytab_file and ticket_cache
          kerberos: true, realm: A.B, keytab_file: k, ntlm: true        | ntlm: needs a password: add password_file or password_env
          kerberos: true, realm: A.B, domain: A, password_file: p       | domain: is for NTLM, and kerberos: true has realm: remove this, or say ntlm: true
          kerberos: true, realm: A.B, keytab_file: none                 | keytab_file: the keytab file F/none does not exist
          kerberos: true, realm: A.B, keytab_file: .                    | keytab_file: the keytab file F/. is a folder, expected a keytab
          kerberos: true, realm: A.B, ticket_cache: "KCM:0"             | ticket_cache: expected the name of a file: Java reads no other caches, such as KCM or KEYRING
          kerberos: true, realm: A.B, password: hunter2                 | password: is not allowed here: put it into a file, named in password_file
          kerberos: true, realm: A.B, password_file: p, spn: mail01     | spn: expected a service principal name, such as cifs/mail01.example.net or 'cifs/{host}.example.net', found "mail01"
          """)
  void wrongKeysAreNamedWithTheirLine(String keys, String problem) {
    assertThat(errors(keys, ""))
        .containsExactly("1: auths.a." + problem.replace("F/", folder + "/"))
        .noneMatch(error -> error.contains(SECRET));
  }

  @Test
  void hostWithSmb1NeedsAnotherAccount() {
    assertThat(errors("kerberos: true, realm: A.B, password_file: p", ", smb1: true"))
        .containsExactly(
            "2: hosts.m.auth: SMB 1 is spoken with NTLM only, and a has kerberos: true: name another"
                + " account");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void keytabThatEveryAccountCanReadIsAWarning() throws Exception {
    Path keytab = folder.resolve("k");
    Files.setPosixFilePermissions(keytab, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(load("kerberos: true, username: s, realm: A.B, keytab_file: k", "").warnings())
        .extracting(Object::toString)
        .containsExactly(
            folder.resolve("c.yml")
                + ":1: auths.a.keytab_file: every account of this machine can read the keytab file "
                + keytab
                + ": set its mode to 0600");
  }

  private Auth auth(String keys) throws Exception {
    return load(keys, "").hosts().get(0).smb().orElseThrow().auth();
  }

  private Config load(String keys, String host) throws Exception {
    return ConfigFiles.of(
            Files.writeString(
                folder.resolve("c.yml"),
                "auths: { a: { %s } }\nhosts: { m: { access: smb, auth: a%s } }\n"
                    .formatted(keys, host)))
        .load();
  }

  private List<String> errors(String keys, String host) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> load("username: svc, " + keys, host));
    String file = folder.resolve("c.yml") + ":";
    return e.errors().stream().map(Object::toString).map(line -> line.replace(file, "")).toList();
  }
}
