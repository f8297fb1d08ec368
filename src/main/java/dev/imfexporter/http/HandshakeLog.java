package dev.imfexporter.http;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;

/**
 * Logs why handshakes of TLS fail: a client gets an alert at most. Those that a client ended
 * without an alert are not logged: ports are scanned so, and probed by balancers. Thread-safe.
 */
final class HandshakeLog implements SslHandshakeListener {
  private static final System.Logger LOG = System.getLogger(HandshakeLog.class.getName());

  /** Java's words where a client has no certificate although it has to. */
  private static final String NO_CERTIFICATE = "Empty client certificate chain";

  /** In place of Java's words, which name classes of the JDK. */
  private static final String STRANGER =
      "its certificate is not accepted: no authority of client_ca_file has signed it";

  /** Of what an exception says, which may quote the client. */
  private static final int LONGEST = 200;

  private final LogLines<Reason> lines = new LogLines<>(Reason.class);

  private enum Reason {
    NO_CERTIFICATE,
    CERTIFICATE,
    OTHER
  }

  private record Failure(Reason reason, String why) {}

  @Override
  public void handshakeFailed(Event event, Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    Failure failure = failure(causes);
    if (!isLost(causes) && lines.take(failure.reason())) {
      LOG.log(
          WARNING,
          "a TLS handshake of {0} failed: {1}; more of these are logged once a minute",
          address(event.getEndPoint().getRemoteSocketAddress()),
          failure.why());
    }
  }

  /** Why a handshake failed, in a clause of which a client's text is a small part at most. */
  static String why(Throwable thrown) {
    return failure(causes(thrown)).why();
  }

  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      causes.add(each);
    }
    return causes;
  }

  private static Failure failure(List<Throwable> causes) {
    if (causes.stream().anyMatch(CertPathBuilderException.class::isInstance)) {
      return new Failure(Reason.CERTIFICATE, STRANGER);
    }
    for (Throwable each : causes) {
      String message = String.valueOf(each.getMessage());
      if (message.contains(NO_CERTIFICATE)) {
        return new Failure(Reason.NO_CERTIFICATE, "it sent no certificate");
      }
      if (each instanceof CertificateException) {
        return new Failure(
            Reason.CERTIFICATE, "its certificate is not accepted: " + shortened(message));
      }
    }
    return new Failure(Reason.OTHER, shortened(String.valueOf(causes.get(0).getMessage())));
  }

  private static boolean isLost(List<Throwable> causes) {
    return causes.stream().anyMatch(e -> e instanceof IOException && !(e instanceof SSLException));
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
  }

  private static String address(SocketAddress client) {
    return client instanceof InetSocketAddress at && at.getAddress() != null
        ? at.getAddress().getHostAddress()
        : String.valueOf(client);
  }
}
