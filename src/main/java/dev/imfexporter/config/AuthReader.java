package dev.imfexporter.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The grammar of an account; see docs/configuration.md. */
final class AuthReader {
  private static final Pattern DOMAIN = Pattern.compile("[^\\p{Cntrl}\\\\]{1,256}");

  /**
   * Neither DOMAIN\\user nor user@domain: the key {@code domain} alone decides which hosts share a
   * password.
   */
  private static final Pattern ACCOUNT = Pattern.compile("[^\\p{Cntrl}\\\\@]{1,256}");

  private static final String WANT_ACCOUNT = "the name of an account, without its domain";

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");

  private final Path file;

  /**
   * @param file of the configuration, to which names of password files are relative
   */
  AuthReader(String file) {
    this.file = Path.of(file).toAbsolutePath();
  }

  /** Empty for an account with an error. */
  Optional<Auth> read(String name, Fields fields) {
    fields.require("username", WANT_ACCOUNT);
    Optional<String> username = fields.text("username", WANT_ACCOUNT, ACCOUNT);
    Optional<String> domain = fields.text("domain", "the name of a domain", DOMAIN);
    Optional<Auth.Secret> secret = secret(fields);
    fields.rejectOthers();
    return username.flatMap(
        user -> secret.map(known -> new Auth(name, user, domain.orElse(""), known)));
  }

  /** Reads the password once, so that a missing one is an error at the start and not at night. */
  private Optional<Auth.Secret> secret(Fields fields) {
    Optional<String> inFile = fields.text("password_file", "the name of a file");
    Optional<String> inVariable =
        fields.text("password_env", "the name of an environment variable", VARIABLE);
    if (fields.has("password")) {
      fields.reject("password", "is not allowed here: put it into a file, named in password_file");
      return Optional.empty();
    }
    if (fields.has("password_file") == fields.has("password_env")) {
      fields.problem("password_file", "expected either password_file or password_env");
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
