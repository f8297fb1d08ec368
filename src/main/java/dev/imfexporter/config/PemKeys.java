package dev.imfexporter.config;

import dev.imfexporter.websecurity.Pem;
import dev.imfexporter.websecurity.UnusableTls;
import java.nio.file.Path;
import java.util.Optional;

/** The keys of a section of TLS that give certificates and a key, in PEM or by names of files. */
final class PemKeys {
  private static final String IN_FILE = "_file";
  private static final String KEY = "key";

  private final Path folder;
  private final Fields keys;

  /**
   * @param file of the configuration, to which names of files are relative
   */
  PemKeys(Path file, Fields keys) {
    this.folder = file.toAbsolutePath();
    this.keys = keys;
  }

  /** The certificate that this side shows. */
  Optional<Pem> certificate() {
    return pem("cert", "a certificate");
  }

  /** The key of {@link #certificate}. Warns of a file that every account can read. */
  Optional<Pem> key() {
    Optional<Pem> key = pem(KEY, "a private key");
    key.ifPresent(this::warnOfReaders);
    return key;
  }

  /** Certificates of authorities. */
  Optional<Pem> authorities(String key) {
    return pem(key, "certificates");
  }

  /** Whether the certificate, the key or the authorities of that name are given. */
  boolean has(String key) {
    return keys.has(key) || keys.has(key + IN_FILE);
  }

  /** The one of the two keys that the file has, for errors; that of a file if it has neither. */
  String place(String key) {
    return keys.has(key) ? key : key + IN_FILE;
  }

  /** Adds a problem if neither the key nor that of a file is there. */
  void require(String key) {
    if (!has(key)) {
      keys.problem(
          key + IN_FILE, "is missing, expected either %s or %s".formatted(key, key + IN_FILE));
    }
  }

  /** Adds why the settings cannot be used, at the key that the file has. */
  void problem(UnusableTls e) {
    String inFile = e.key() + IN_FILE;
    keys.problem(keys.has(inFile) ? inFile : e.key(), String.valueOf(e.getMessage()));
  }

  private Optional<Pem> pem(String key, String what) {
    String inFile = key + IN_FILE;
    Optional<String> text =
        keys.secret(key, what + " in PEM", value -> value.contains("-----BEGIN "));
    Optional<Pem> named = keys.file(inFile, folder).map(Pem.InFile::new);
    if (keys.has(key) && keys.has(inFile)) {
      keys.problem(inFile, "expected either " + key + " or " + inFile);
    }
    return named.or(() -> text.map(Pem.Inline::new));
  }

  private void warnOfReaders(Pem key) {
    if (key instanceof Pem.InFile in) {
      new TextFile(in.file(), TextFile.Kind.PASSWORD)
          .warnOfReaders("key file", keys, KEY + IN_FILE);
    }
  }
}
