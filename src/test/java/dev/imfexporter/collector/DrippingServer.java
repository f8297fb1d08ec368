package dev.imfexporter.collector;

import dev.imfexporter.access.Tcp;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server that sends one octet at a time, and the clock by which it does so. */
final class DrippingServer implements Tcp, Tcp.Connection {
  private final Duration pause;
  private final List<Duration> timeouts = new ArrayList<>();
  private long nanos;
  private boolean closed;

  DrippingServer(Duration pause) {
    this.pause = pause;
  }

  long nanos() {
    return nanos;
  }

  /** What was asked for before each read. */
  List<Duration> timeouts() {
    return timeouts;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public Connection connect(String address, int port, Duration timeout) {
    return this;
  }

  @Override
  public InputStream in() {
    return new InputStream() {
      @Override
      public int read() {
        throw new UnsupportedOperationException("read in pieces");
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        nanos += pause.toNanos();
        into[offset] = '2';
        return 1;
      }
    };
  }

  @Override
  public OutputStream out() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public void timeout(Duration timeout) {
    timeouts.add(timeout);
  }

  @Override
  public Tls startTls(String name, Duration handshake, Duration within) {
    throw new UnsupportedOperationException("it speaks no TLS");
  }

  @Override
  public void close() {
    closed = true;
  }
}
