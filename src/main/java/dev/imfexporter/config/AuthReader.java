package dev.imfexporter.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

  /** A KDC takes example.net for another realm than EXAMPLE.NET. */
  private static final Pattern REALM = Pattern.compile("[A-Z0-9][A-Z0-9.-]{0,254}");

  private static final String WANT_REALM =
      "a Kerberos realm, the DNS name of the domain in capitals, such as EXAMPLE.NET";

  private static final Pattern SPN =
      Pattern.compile("cifs/[\\p{Alnum}{}_.:-]{1,255}(@[A-Z0-9][A-Z0-9.-]{0,254})?");

  private static final String WANT_SPN =
      "a service principal name, such as cifs/mail01.example.net or 'cifs/{host}.example.net'";

  /** KCM:, KEYRING:, DIR: and others of MIT's libraries; a drive of Windows has one letter. */
  private static final Pattern NO_FILE = Pattern.compile("[A-Za-z]{2,}:.*");

  private static final String WANT_FILE = "the name of a file";
  private static final String IN_FILE = "password_file";
  private static final String IN_VARIABLE = "password_env";
  private static final String KERBEROS = "kerberos";
  private static final String REALM_KEY = "realm";
  private static final String KEYTAB = "keytab_file";
  private static final String CACHE = "ticket_cache";
  private static final String NTLM = "ntlm";
  private static final String DOMAIN_KEY = "domain";

  private final Path file;

  /**
   * @param file of the configuration, to which names of password files are relative
   */
  AuthReader(String file) {
    this.file = Path.of(file).toAbsolutePath();
  }

  /** The values of all keys; those of wrong ones are absent. */
  private record Keys(
      Optional<String> domain,
      Optional<String> inFile,
      Optional<String> inVariable,
      Optional<String> realm,
      Optional<String> keytab,
      Optional<String> cache,
      Optional<String> spn,
      boolean ntlm) {}

  /** Empty for an account with an error. */
  Optional<Auth> read(String name, Fields fields) {
    fields.require("username", WANT_ACCOUNT);
    Optional<String> username = fields.text("username", WANT_ACCOUNT, ACCOUNT);
    Optional<String> domain = fields.text(DOMAIN_KEY, "the name of a domain", DOMAIN);
    Optional<String> inFile = fields.text(IN_FILE, WANT_FILE);
    Optional<String> inVariable =
        fields.text(IN_VARIABLE, "the name of an environment variable", VARIABLE);
    boolean kerberos = fields.flag(KERBEROS).orElse(false);
    Keys keys =
        new Keys(
            domain,
            inFile,
            inVariable,
            fields.text(REALM_KEY, WANT_REALM, REALM),
            fields.text(KEYTAB, WANT_FILE),
            fields.text(CACHE, WANT_FILE),
            fields.text("spn", WANT_SPN, SPN),
            fields.flag(NTLM).orElse(false));
    Optional<? extends Auth.Method> method =
        kerberos ? kerberos(fields, keys) : ntlmAlone(fields, keys);
    fields.rejectOthers();
    return username.flatMap(user -> method.map(known -> new Auth(name, user, known)));
  }

  private Optional<Auth.Ntlm> ntlmAlone(Fields fields, Keys keys) {
    for (String key : List.of(REALM_KEY, KEYTAB, CACHE, "spn", NTLM)) {
      if (fields.has(key)) {
        fields.problem(key, "is for an account with kerberos: true");
      }
    }
    if (!noPassword(fields) && fields.has(IN_FILE) == fields.has(IN_VARIABLE)) {
      fields.problem(IN_FILE, "expected either password_file or password_env");
      return Optional.empty();
    }
    return password(fields, keys).map(known -> new Auth.Ntlm(keys.domain().orElse(""), known));
  }

  private Optional<Auth.Kerberos> kerberos(Fields fields, Keys keys) {
    fields.require(REALM_KEY, WANT_REALM);
    if (!keys.ntlm() && fields.has(DOMAIN_KEY)) {
      fields.problem(
          DOMAIN_KEY, "is for NTLM, and kerberos: true has realm: remove this, or say ntlm: true");
    }
    if (noPassword(fields)) {
      return Optional.empty();
    }
    boolean files = fields.has(KEYTAB) || fields.has(CACHE);
    boolean passwords = fields.has(IN_FILE) || fields.has(IN_VARIABLE);
    if ((fields.has(KEYTAB) && fields.has(CACHE))
        || (fields.has(IN_FILE) && fields.has(IN_VARIABLE))
        || (files && passwords && !keys.ntlm())
        || (!files && !passwords)) {
      fields.problem(
          KERBEROS, "expected one of password_file, password_env, keytab_file and ticket_cache");
      return Optional.empty();
    }
    if (keys.ntlm() && !passwords) {
      fields.problem(NTLM, "needs a password: add password_file or password_env");
      return Optional.empty();
    }
    Optional<Auth.Secret> password = password(fields, keys);
    Optional<Auth.Proof> proof = files ? ofFile(fields, keys) : password.map(Auth.Password::new);
    Optional<Auth.Ntlm> fallback =
        keys.ntlm()
            ? password.flatMap(
                known -> keys.domain().or(keys::realm).map(domain -> new Auth.Ntlm(domain, known)))
            : Optional.empty();
    return keys.realm()
        .flatMap(
            realm -> proof.map(known -> new Auth.Kerberos(realm, known, keys.spn(), fallback)));
  }

  private Optional<Auth.Proof> ofFile(Fields fields, Keys keys) {
    if (fields.has(CACHE)) {
      if (keys.cache().filter(NO_FILE.asMatchPredicate()).isPresent()) {
        fields.problem(
            CACHE,
            "expected the name of a file: Java reads no other caches, such as KCM or KEYRING");
        return Optional.empty();
      }
      // It may be filled later than this program starts, so it need not be there now.
      return keys.cache().flatMap(name -> file(fields, CACHE, name, Auth.TicketCache::new));
    }
    Optional<Auth.Keytab> keytab =
        keys.keytab().flatMap(name -> file(fields, KEYTAB, name, Auth.Keytab::new));
    keytab.ifPresent(known -> tryToRead(fields, known));
    return keytab.map(known -> known);
  }

  private static boolean noPassword(Fields fields) {
    if (fields.has("password")) {
      fields.reject("password", "is not allowed here: put it into a file, named in password_file");
      return true;
    }
    return false;
  }

  /** Reads the password once, so that a missing one is an error at the start and not at night. */
  private Optional<Auth.Secret> password(Fields fields, Keys keys) {
    if (fields.has("password")) {
      return Optional.empty();
    }
    Optional<Auth.Secret> secret =
        fields.has(IN_FILE)
            ? keys.inFile().flatMap(name -> file(fields, IN_FILE, name, Auth.InFile::new))
            : keys.inVariable().map(Auth.InVariable::new);
    secret.ifPresent(known -> tryToRead(fields, known));
    return secret;
  }

  private <T> Optional<T> file(
      Fields fields, String key, String name, Function<Path, T> constructor) {
    try {
      return Optional.of(constructor.apply(file.resolveSibling(name)));
    } catch (InvalidPathException e) {
      fields.problem(
          key, "expected the name of a file, found \"%s\"".formatted(YamlDocument.shown(name)));
      return Optional.empty();
    }
  }

  private static void tryToRead(Fields fields, Auth.Keytab keytab) {
    try {
      Arrays.fill(keytab.read(), (byte) 0);
    } catch (IOException e) {
      fields.problem(KEYTAB, String.valueOf(e.getMessage()));
      return;
    }
    new TextFile(keytab.file(), TextFile.Kind.KEYTAB).warnOfReaders("keytab file", fields, KEYTAB);
  }

  private static void tryToRead(Fields fields, Auth.Secret secret) {
    try {
      Arrays.fill(secret.read(), '\0');
    } catch (IOException e) {
      fields.problem(
          secret instanceof Auth.InFile ? IN_FILE : IN_VARIABLE, String.valueOf(e.getMessage()));
      return;
    }
    if (secret instanceof Auth.InFile in) {
      new TextFile(in.file(), TextFile.Kind.PASSWORD)
          .warnOfReaders("password file", fields, IN_FILE);
    }
  }
}
