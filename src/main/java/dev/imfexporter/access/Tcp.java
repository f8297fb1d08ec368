package dev.imfexporter.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** TCP to a host, as one of its clients would connect. */
@FunctionalInterface
public interface Tcp {

  /** An open connection. Reads give up after {@link #timeout}, with a SocketTimeoutException. */
  interface Connection extends AutoCloseable {
    InputStream in() throws IOException;

    OutputStream out() throws IOException;

    /** Sets the timeout of every read from now on. */
    void timeout(Duration timeout) throws IOException;

    @Override
    void close();
  }

  /**
   * Connects.
   *
   * @param address a name or an IP address; empty for the host itself
   * @throws IOException when the connection is not accepted within that time
   */
  Connection connect(String address, int port, Duration timeout) throws IOException;
}
