package dev.imfexporter.config;

import dev.imfexporter.websecurity.BasicLogin;
import dev.imfexporter.websecurity.ClientSecurity;
import dev.imfexporter.websecurity.ClientTls;
import dev.imfexporter.websecurity.ClientTlsSettings;
import dev.imfexporter.websecurity.Pem;
import dev.imfexporter.websecurity.UnusableTls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The grammar of the configuration of an HTTP client; see docs/client-configuration.md. */
final class HttpConfigReader {
  private static final String PASSWORD = "password";
  private static final String PASSWORD_FILE = "password_file";
  private static final Pattern SERVER_NAME = Pattern.compile("[\\p{Alnum}_.:-]{1,253}");

  private final Path file;
  private final Fields top;

  private HttpConfigReader(Path file, Fields top) {
    this.file = file.toAbsolutePath();
    this.top = top;
  }

  static HttpConfig read(Path file, String text) throws ConfigException {
    Problems problems = new Problems(file.toString());
    Fields top = new Fields(YamlDocument.read(text, problems), problems);
    ClientSecurity security =
        top.readable() ? new HttpConfigReader(file, top).security() : ClientSecurity.NONE;
    problems.throwIfAny();
    return new HttpConfig(security, problems.warnings());
  }

  private ClientSecurity security() {
    Optional<BasicLogin> login = login(top.fields("basic_auth"));
    Optional<ClientTls> tls = tls(top.fields("tls_config"));
    top.rejectOthers();
    return new ClientSecurity(top.has("tls_config") ? tls : Optional.empty(), login);
  }

  private Optional<BasicLogin> login(Fields keys) {
    String wantUser = "the name of a user, without a colon";
    Optional<String> user =
        keys.secret("username", wantUser, WebConfigReader.USER.asMatchPredicate());
    Optional<String> here = keys.secret(PASSWORD, "a password, in quotes", text -> !text.isEmpty());
    Optional<Path> named = keys.file(PASSWORD_FILE, file);
    keys.rejectOthers();
    if (!top.has("basic_auth")) {
      return Optional.empty();
    }
    keys.require("username", wantUser);
    if (keys.has(PASSWORD) == keys.has(PASSWORD_FILE)) {
      keys.problem(PASSWORD_FILE, "expected either password or password_file");
      return Optional.empty();
    }
    if (here.isPresent()) {
      new TextFile(file, TextFile.Kind.CONFIGURATION).warnOfReaders("file", keys, PASSWORD);
    }
    Optional<String> password = named.flatMap(from -> password(keys, from)).or(() -> here);
    return user.flatMap(name -> password.map(secret -> new BasicLogin(name, secret)));
  }

  private static Optional<String> password(Fields keys, Path from) {
    try {
      String password = String.valueOf(new Auth.InFile(from).read());
      new TextFile(from, TextFile.Kind.PASSWORD)
          .warnOfReaders("password file", keys, PASSWORD_FILE);
      return Optional.of(password);
    } catch (IOException e) {
      keys.problem(PASSWORD_FILE, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<ClientTls> tls(Fields keys) {
    PemKeys pem = new PemKeys(file, keys);
    Optional<Pem> authorities = pem.authorities("ca");
    Optional<Pem> certificate = pem.certificate();
    Optional<Pem> key = pem.key();
    Optional<String> serverName =
        keys.text("server_name", "the name in the server's certificate", SERVER_NAME);
    boolean unverified = keys.flag("insecure_skip_verify").orElse(false);
    keys.rejectOthers();
    if (pem.has("cert") || pem.has("key")) {
      pem.require("cert");
      pem.require("key");
    }
    if (unverified && pem.has("ca")) {
      keys.problem(pem.place("ca"), "has no effect with insecure_skip_verify: true: remove one");
    }
    try {
      return Optional.of(
          ClientTls.of(
              new ClientTlsSettings(
                  authorities,
                  certificate.flatMap(
                      shown -> key.map(secret -> new ClientTlsSettings.Own(shown, secret))),
                  serverName,
                  unverified)));
    } catch (UnusableTls e) {
      pem.problem(e);
      return Optional.empty();
    }
  }
}
