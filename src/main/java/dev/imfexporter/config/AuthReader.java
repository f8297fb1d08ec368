package dev.imfexporter.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The grammar of the section {@code auths}; see docs/configuration.md. */
final class AuthReader {
  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}_][\\p{Alnum}._-]{0,62}");
  private static final Pattern DOMAIN = Pattern.compile("[^\\p{Cntrl}\\\\]{1,256}");

  /** Neither DOMAIN\\user nor user@domain: whose hosts share a password is told by the domain. */
  private static final Pattern ACCOUNT = Pattern.compile("[^\\p{Cntrl}\\\\@]{1,256}");

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");

  private final Path file;

  /**
   * @param file of the configuration, to which names of password files are relative
   */
  AuthReader(String file) {
    this.file = Path.of(file).toAbsolutePath();
  }

  /** By name; empty for one with something wrong. */
  Map<String, Optional<Auth>> read(Fields named) {
    Map<String, Optional<Auth>> auths = new LinkedHashMap<>();
    for (String name : named.names()) {
      if (!NAME.matcher(name).matches()) {
        named.problem(name, "want a name of at most 63 letters, digits, dots and hyphens");
      }
      auths.put(name, auth(name, named.fields(name)));
    }
    return auths;
  }

  private Optional<Auth> auth(String name, Fields fields) {
    Optional<String> username =
        fields.text("username", "the name of an account, without its domain", ACCOUNT);
    if (!fields.has("username")) {
      fields.problem("username", "is missing, want the name of an account");
    }
    Optional<String> domain = fields.text("domain", "the name of a domain", DOMAIN);
    Optional<Auth.Secret> secret = secret(fields);
    fields.rejectOthers();
    return username.flatMap(
        user -> secret.map(known -> new Auth(name, user, domain.orElse(""), known)));
  }

  /** A secret that cannot be read now is a problem now, and not at night. */
  private Optional<Auth.Secret> secret(Fields fields) {
    Optional<String> inFile = fields.text("password_file", "the name of a file");
    Optional<String> inVariable =
        fields.text("password_env", "the name of an environment variable", VARIABLE);
    if (fields.has("password")) {
      Optional<String> unused = fields.text("password", "nothing");
      fields.problem("password", "does not belong here, put it into a file and say password_file");
      return Optional.empty();
    }
    if (fields.has("password_file") == fields.has("password_env")) {
      fields.problem("password_file", "want either password_file or password_env");
      return Optional.empty();
    }
    String key = inFile.isPresent() ? "password_file" : "password_env";
    Optional<Auth.Secret> secret =
        inFile
            .<Auth.Secret>map(name -> new Auth.InFile(file.resolveSibling(name)))
            .or(() -> inVariable.map(Auth.InVariable::new));
    secret.ifPresent(
        known -> {
          try {
            Arrays.fill(known.read(), '\0');
          } catch (IOException e) {
            fields.problem(key, String.valueOf(e.getMessage()));
          }
        });
    return secret;
  }
}
