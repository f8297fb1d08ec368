package dev.imfexporter.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
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

  private static final String IN_FILE = "password_file";
  private static final String IN_VARIABLE = "password_env";

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
    Optional<String> inFile = fields.text(IN_FILE, "the name of a file");
    Optional<String> inVariable =
        fields.text(IN_VARIABLE, "the name of an environment variable", VARIABLE);
    if (fields.has("password")) {
      fields.reject("password", "is not allowed here: put it into a file, named in password_file");
      return Optional.empty();
    }
    if (fields.has(IN_FILE) == fields.has(IN_VARIABLE)) {
      fields.problem(IN_FILE, "expected either password_file or password_env");
      return Optional.empty();
    }
    Optional<Auth.Secret> secret =
        inFile.isPresent()
            ? inFile.flatMap(name -> file(fields, name))
            : inVariable.map(Auth.InVariable::new);
    secret.ifPresent(known -> tryToRead(fields, known));
    return secret;
  }

  private Optional<Auth.Secret> file(Fields fields, String name) {
    try {
      return Optional.of(new Auth.InFile(file.resolveSibling(name)));
    } catch (InvalidPathException e) {
      fields.problem(
          IN_FILE, "expected the name of a file, found \"%s\"".formatted(YamlDocument.shown(name)));
      return Optional.empty();
    }
  }

  private static void tryToRead(Fields fields, Auth.Secret secret) {
    try {
      Arrays.fill(secret.read(), '\0');
    } catch (IOException e) {
      fields.problem(
          secret instanceof Auth.InFile ? IN_FILE : IN_VARIABLE, String.valueOf(e.getMessage()));
      return;
    }
    if (secret instanceof Auth.InFile in
        && new TextFile(in.file(), TextFile.Kind.PASSWORD).isReadableByAll()) {
      fields.warn(
          IN_FILE,
          "every account of this machine can read the password file %s: set its mode to 0600"
              .formatted(in.file()));
    }
  }
}
