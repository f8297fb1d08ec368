package dev.imfexporter.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate with its key, made by the JDK's keytool for one test. */
public final class TestCertificate {
  private static final String PASSWORD = "for-tests-only";
  private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");
  private static final String SERVER = "server";
  private static final String AUTHORITY = "authority";

  private final KeyStore store;

  private TestCertificate(KeyStore store) {
    this.store = store;
  }

  /** One that an authority of the test has signed, for a name. */
  public static TestCertificate signed(Path folder, String name, Instant start, int days)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = Files.createTempFile(folder, "keys", ".p12");
    Files.delete(file);
    generate(file, AUTHORITY, "CN=Test Authority,O=Example", start, 36_500, "bc=ca:true");
    generate(file, SERVER, "CN=" + name, start, days, "san=dns:" + name, "-signer", AUTHORITY);
    return load(file);
  }

  /** One that its own key has signed. */
  public static TestCertificate selfSigned(Path folder, String name, Instant start, int days)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = Files.createTempFile(folder, "keys", ".p12");
    Files.delete(file);
    generate(file, SERVER, "CN=" + name, start, days, "san=dns:" + name);
    return load(file);
  }

  private static void generate(
      Path file, String alias, String subject, Instant start, int days, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of("-genkeypair", "-keystore", file.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-keyalg", "RSA", "-keysize", "2048"));
    command.addAll(List.of("-alias", alias, "-dname", subject, "-validity", "" + days));
    // keytool takes the time in the zone of its JVM.
    command.add(1, "-J-Duser.timezone=UTC");
    command.addAll(
        List.of("-startdate", START.format(LocalDateTime.ofInstant(start, ZoneOffset.UTC))));
    command.add("-ext");
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
      throw new IllegalStateException(said);
    }
  }

  private static TestCertificate load(Path file) throws IOException, GeneralSecurityException {
    return new TestCertificate(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
  }

  public Certificate certificate() throws GeneralSecurityException {
    return store.getCertificate(SERVER);
  }

  /** A context for a server that has it. */
  public SSLContext server() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Writes key and certificate into a file, as servers of Unix read them. */
  public void writePem(Path file) throws IOException, GeneralSecurityException {
    Files.writeString(
        file,
        pem("PRIVATE KEY", store.getKey(SERVER, PASSWORD.toCharArray()).getEncoded())
            + pem("CERTIFICATE", store.getCertificate(SERVER).getEncoded()));
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
        .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
  }
}
