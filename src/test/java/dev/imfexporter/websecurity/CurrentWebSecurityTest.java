package dev.imfexporter.websecurity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.testing.LogCapture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentWebSecurityTest {
  private static final Path FOLDER = Path.of("src/test/resources/web");

  @TempDir private Path folder;
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  private Runnable afterReading = () -> {};
  private String named = "tls";
  private Passwords users = new Passwords(Map.of());

  @BeforeEach
  void put() throws IOException {
    put("server.pem", "tls.pem");
    put("server.key", "tls.key");
    Files.writeString(folder.resolve("web.yml"), "# 1\n");
  }

  @Test
  void aNewCertificateIsUsedWithinASecond() throws Exception {
    CurrentWebSecurity current = current();
    WebSecurity first = current.get();
    put("ec.pem", "tls.pem");
    put("ec.key", "tls.key");
    assertThat(current.get()).isSameAs(first);
    later();
    assertThat(current.get()).isNotSameAs(first);
    assertThat(current.isGood()).isTrue();
  }

  @Test
  void whatIsUnchangedIsNotRead() throws Exception {
    CurrentWebSecurity current = current();
    later();
    current.get();
    later();
    current.get();
    assertThat(reads).hasValue(0);
  }

  /** The certificate is copied, then the key. */
  @Test
  void aRenewalThatIsHalfDoneAtOneLookIsNoError() throws Exception {
    CurrentWebSecurity current = current();
    WebSecurity first = current.get();
    try (LogCapture log = LogCapture.of(CurrentWebSecurity.class)) {
      put("ec.pem", "tls.pem");
      later();
      assertThat(current.get()).isSameAs(first);
      assertThat(current.isGood()).isTrue();
      assertThat(log.lines()).isEmpty();
      put("ec.key", "tls.key");
      later();
      assertThat(current.get()).isNotSameAs(first);
      assertThat(log.lines())
          .containsExactly("the web configuration and its certificates were read again");
    }
  }

  /** As when the configuration names a certificate that is copied later. */
  @Test
  void aFileThatOnlyAnUnusableConfigurationNamesIsLookedAt() throws Exception {
    CurrentWebSecurity current = current();
    WebSecurity first = current.get();
    named = "new";
    change(22);
    for (int i = 0; i < 3; i++) {
      assertThat(current.get()).isSameAs(first);
      later();
    }
    assertThat(current.isGood()).isFalse();
    put("ec.pem", "new.pem");
    put("ec.key", "new.key");
    assertThat(current.get()).isNotSameAs(first);
    assertThat(current.isGood()).isTrue();
  }

  /** It was not there when it was read, and is when it is looked at first. */
  @Test
  void aFileThatComesWhileTheConfigurationIsReadIsNotMissed() throws Exception {
    CurrentWebSecurity current = current();
    WebSecurity first = current.get();
    named = "new";
    change(22);
    afterReading =
        () -> {
          if (reads.get() == 2) {
            put("ec.pem", "new.pem");
            put("ec.key", "new.key");
          }
        };
    for (int i = 0; i < 4; i++) {
      current.get();
      later();
    }
    assertThat(current.get()).isNotSameAs(first);
    assertThat(current.isGood()).isTrue();
  }

  /** A renewal that is wrong, or does not go on. */
  @Test
  void aBrokenFileKeepsTheOldOneUntilItIsMended() throws Exception {
    CurrentWebSecurity current = current();
    WebSecurity first = current.get();
    put("ec.pem", "tls.pem");
    later();
    assertThat(current.get()).isSameAs(first);
    for (int i = 0; i < 3; i++) {
      later();
      assertThat(current.get()).isSameAs(first);
      assertThat(current.isGood()).isFalse();
    }
    assertThat(reads).as("not read again while it is the same").hasValue(2);
    Files.delete(folder.resolve("tls.key"));
    later();
    assertThat(current.get()).isSameAs(first);
    put("ec.key", "tls.key");
    later();
    assertThat(current.get()).isNotSameAs(first);
    assertThat(current.isGood()).isTrue();
  }

  @Test
  void tlsIsNotSwitchedOffUnderTheServer() throws Exception {
    CurrentWebSecurity current =
        new CurrentWebSecurity(
            read(),
            () ->
                new WebSecurity(
                    Optional.empty(), Map.of(), new Passwords(Map.of()), Optional.empty(), files()),
            now::get);
    Files.writeString(folder.resolve("web.yml"), "# 22\n");
    for (int i = 0; i < 2; i++) {
      later();
      assertThat(current.get().tls()).isPresent();
    }
    assertThat(current.isGood()).isFalse();
  }

  /** As while an editor writes the file in place, which is empty for a moment. */
  @Test
  void logInsAreNotSwitchedOffUnderTheServer() throws Exception {
    users = new Passwords(Map.of("a", hash("a")));
    CurrentWebSecurity current = current();
    try (LogCapture log = LogCapture.of(CurrentWebSecurity.class)) {
      users = new Passwords(Map.of());
      change(22);
      assertThat(current.get().passwords().isEmpty()).isFalse();
      assertThat(current.isGood()).as("it may be written this moment").isTrue();
      later();
      assertThat(current.get().passwords().check("a", "a")).isTrue();
      assertThat(current.isGood()).isFalse();
      assertThat(log.lines())
          .containsExactly(
              "the web configuration changed and cannot be used, and the old one holds:"
                  + " basic_auth_users names no user any more, and log-ins are switched off only by"
                  + " a restart of imf-exporter");
    }
    users = new Passwords(Map.of("b", hash("b")));
    change(333);
    assertThat(current.get().passwords().check("b", "b")).isTrue();
    assertThat(current.isGood()).isTrue();
  }

  @Test
  void logInsAreSwitchedOnUnderTheServer() throws Exception {
    CurrentWebSecurity current = current();
    users = new Passwords(Map.of("a", hash("a")));
    change(22);
    assertThat(current.get().passwords().isEmpty()).isFalse();
    assertThat(current.isGood()).isTrue();
  }

  /** A renewed certificate must not cost each scraper a check of its password. */
  @Test
  void whatIsKnownOfAPasswordIsKnownUntilItsHashChanges() throws Exception {
    users = new Passwords(Map.of("a", hash("right"), "b", hash("b")));
    CurrentWebSecurity current = current();
    assertThat(current.get().passwords().check("a", "right")).isTrue();
    assertThat(current.get().passwords().check("b", "b")).isTrue();

    users = new Passwords(Map.of("a", hash("right"), "c", hash("c")));
    change(22);
    assertThat(current.get().passwords().known("a", "right")).hasValue(true);
    assertThat(current.get().passwords().known("b", "b")).isEmpty();
    assertThat(current.get().passwords().check("b", "b")).isFalse();

    users = new Passwords(Map.of("a", hash("other"), "b", hash("b")));
    change(333);
    assertThat(current.get().passwords().known("a", "right")).isEmpty();
    assertThat(current.get().passwords().check("a", "right")).isFalse();
    assertThat(current.get().passwords().check("b", "b")).as("who is back").isTrue();
    assertThat(current.isGood()).isTrue();
  }

  /** Another number of digits, so that the file has another size. */
  private void change(int number) throws IOException {
    Files.writeString(folder.resolve("web.yml"), "# %d\n".formatted(number));
    later();
  }

  private static String hash(String password) {
    return OpenBSDBCrypt.generate(
        "2y", password.toCharArray(), "0123456789abcdef".getBytes(US_ASCII), 4);
  }

  private CurrentWebSecurity current() throws Exception {
    return new CurrentWebSecurity(
        read(),
        () -> {
          reads.incrementAndGet();
          try {
            return read();
          } catch (UnusableTls e) {
            afterReading.run();
            throw new CurrentWebSecurity.UnusableFile(e, files());
          }
        },
        now::get);
  }

  private WebSecurity read() throws UnusableTls {
    return new WebSecurity(
        Optional.of(ServerTls.of(settings())), Map.of(), users, Optional.empty(), files());
  }

  private List<Path> files() {
    return WebSecurity.files(folder.resolve("web.yml"), Optional.of(settings()));
  }

  private TlsSettings settings() {
    return TlsSettings.of(
        new Pem.InFile(folder.resolve(named + ".pem")),
        new Pem.InFile(folder.resolve(named + ".key")));
  }

  private void put(String from, String to) {
    try {
      Files.copy(FOLDER.resolve(from), folder.resolve(to), REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void later() {
    now.addAndGet(Duration.ofSeconds(1).toNanos());
  }
}
