package dev.imfexporter.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;

/** TCP to a host, as one of its clients would connect. */
@FunctionalInterface
public interface Tcp {

  /** An open connection. Reads give up after {@link #timeout}, with a SocketTimeoutException. */
  interface Connection extends AutoCloseable {
    InputStream in() throws IOException;

    OutputStream out() throws IOException;

    /** Sets the timeout of every read from now on. */
    void timeout(Duration timeout) throws IOException;

    /**
     * Makes a TLS handshake as a client. It accepts every certificate, because it only reports what
     * a server has; nothing that is worth protecting may be sent. Afterwards {@link #in} and {@link
     * #out} are those of TLS. After a failure, the connection can only be closed.
     *
     * @param name of the server, as the client knows it
     * @param handshake after this time the connection is closed if the handshake is not complete
     * @param within after this time, counted from the begin of the handshake, the connection is
     *     closed in any case: a server may send its records octet by octet
     * @throws OldTls if the server has no version of TLS that this Java accepts
     * @throws IOException if the handshake fails otherwise, or one of the times has passed
     */
    Tls startTls(String name, Duration handshake, Duration within) throws IOException;

    @Override
    void close();
  }

  /**
   * What a handshake agreed on.
   *
   * @param protocol as JSSE names it, e.g. {@code TLSv1.2}
   * @param certificate of the server, not verified; empty for a cipher suite without one
   */
  record Tls(String protocol, Optional<X509Certificate> certificate) {}

  /** The server has only versions of TLS that the JDK disables ({@code java.security}). */
  final class OldTls extends IOException {
    private static final long serialVersionUID = 1L;

    public OldTls(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Connects.
   *
   * @param address a name or an IP address; empty for the host itself
   * @throws IOException when the connection is not accepted within that time
   */
  Connection connect(String address, int port, Duration timeout) throws IOException;
}
