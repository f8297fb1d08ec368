package dev.imfexporter.cli;

import dev.imfexporter.websecurity.ClientSecurity;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;

/**
 * How a command reaches an exporter over HTTP, and why it does not, in sentences that end with what
 * to write into the file of {@code --http.config.file}.
 *
 * @param file that says so; empty for plain access
 */
record HttpAccess(ClientSecurity security, Optional<Path> file) {
  static final HttpAccess PLAIN = new HttpAccess(ClientSecurity.NONE, Optional.empty());

  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** A thread that nothing waits for any more, as {@link Patience} has it, ends some time. */
  private static final Duration SILENCE = Duration.ofSeconds(90);

  private static final int LONGEST_REASON = 200;
  private static final int MOST_CAUSES = 20;

  /** What servers answer to a missing certificate, or to one of a stranger (RFC 8446, 6.2). */
  private static final Pattern CERTIFICATE_ALERT =
      Pattern.compile(
          ".*fatal alert: (bad_certificate|certificate_required|certificate_unknown"
              + "|handshake_failure|unknown_ca|access_denied)");

  /**
   * Asks for a page. Password and certificate are shown to no other address. There is a deadline
   * for the connection, and for each silence, but none for the whole: that is {@link Patience}.
   *
   * @param most bytes that its content may have
   */
  HttpAnswer get(URI page, int most) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
    connection.setConnectTimeout((int) CONNECT.toMillis());
    connection.setReadTimeout((int) SILENCE.toMillis());
    connection.setInstanceFollowRedirects(false);
    if (connection instanceof HttpsURLConnection https) {
      security.tls().ifPresent(tls -> https.setSSLSocketFactory(tls.sockets()));
    }
    security
        .login()
        .ifPresent(login -> connection.setRequestProperty("Authorization", login.header()));
    try {
      int status = connection.getResponseCode();
      byte[] body = body(connection, status).readNBytes(most + 1);
      return new HttpAnswer(
          status,
          Objects.requireNonNullElse(connection.getContentType(), ""),
          Optional.ofNullable(connection.getHeaderField("Location")),
          body,
          body.length > most);
    } finally {
      connection.disconnect();
    }
  }

  private static InputStream body(HttpURLConnection connection, int status) throws IOException {
    InputStream body =
        status == HttpURLConnection.HTTP_OK
            ? connection.getInputStream()
            : connection.getErrorStream();
    return body == null ? InputStream.nullInputStream() : body;
  }

  /** Why there is no answer, for the end of a sentence. */
  String reason(ExporterUrl url, IOException e) {
    boolean tls = url.isEncrypted();
    if (tls && text(e).matches(".*No (name matching|subject alternative).*")) {
      return "its certificate is for another name (%s): %s"
          .formatted(text(e), hint("tls_config.server_name"));
    }
    if (tls
        && hasCause(
            e,
            cause ->
                cause instanceof CertificateExpiredException
                    || cause instanceof CertificateNotYetValidException)) {
      return "its certificate is not valid now: " + text(e);
    }
    if (tls
        && hasCause(
            e,
            cause ->
                cause instanceof CertPathBuilderException
                    || cause instanceof CertPathValidatorException)) {
      return "its certificate is of an authority that is not trusted here: "
          + hint("tls_config.ca_file");
    }
    if (tls && isOfCertificate(e)) {
      return "it ended the connection (%s), as it does when it wants to know the client: %s"
          .formatted(text(e), hint("tls_config.cert_file and tls_config.key_file"));
    }
    if (tls && text(e).startsWith("Unsupported or unrecognized SSL message")) {
      return "it does not speak TLS: its address begins with http://";
    }
    if (!tls && e instanceof SocketException && text(e).startsWith("Unexpected end of file")) {
      return text(e) + "; if it serves TLS, its address begins with https://";
    }
    return unreachable(url, e).orElseGet(() -> text(e));
  }

  private static Optional<String> unreachable(ExporterUrl url, IOException e) {
    String machine = url.uri().getHost();
    if (e instanceof UnknownHostException) {
      return Optional.of(
          "no address is known for the name %s: check its spelling, or name the machine by its IP address"
              .formatted(machine));
    }
    if (e instanceof SocketTimeoutException || e instanceof NoRouteToHostException) {
      return Optional.of(
          "%s does not take the connection (%s): is the machine up, and does its firewall let this port through?"
              .formatted(machine, text(e)));
    }
    return e instanceof ConnectException
        ? Optional.of(
            "%s refuses the connection (%s): does the exporter run, and is this the port of its --web.listen-address, %s by default?"
                .formatted(machine, text(e), ListenAddress.DEFAULT))
        : Optional.empty();
  }

  /** Why a status other than 200 came, where this access is the cause. */
  Optional<String> refusal(HttpAnswer answer) {
    if (answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED) {
      return Optional.of(
          security.login().isPresent()
              ? "does not accept the user and the password: "
                  + hint("basic_auth.username and basic_auth.password_file")
              : "wants a user and a password: "
                  + hint("basic_auth.username and basic_auth.password_file"));
    }
    return answer
        .location()
        .filter(location -> answer.status() / 100 == 3)
        .map(
            location ->
                "sends this command on to %s: give the address of the exporter itself"
                    .formatted(TerminalText.firstLine(location, LONGEST_REASON)));
  }

  private String hint(String keys) {
    return file.map(name -> "check %s in %s".formatted(keys, name))
        .orElse("name a file with %s by --http.config.file".formatted(keys));
  }

  private static String text(IOException e) {
    return TerminalText.firstLine(String.valueOf(e.getMessage()), LONGEST_REASON);
  }

  /** By TLS 1.3, the client writes already when the server refuses its certificate. */
  private static boolean isOfCertificate(IOException e) {
    return CERTIFICATE_ALERT.matcher(text(e)).matches()
        || text(e).equals("Error writing to server")
        || hasCause(
            e,
            cause ->
                cause instanceof SocketException
                    && !(cause instanceof ConnectException)
                    && !(cause instanceof NoRouteToHostException));
  }

  private static boolean hasCause(IOException e, Predicate<Throwable> kind) {
    return Stream.iterate((Throwable) e, each -> each != null, Throwable::getCause)
        .limit(MOST_CAUSES)
        .anyMatch(kind);
  }
}
